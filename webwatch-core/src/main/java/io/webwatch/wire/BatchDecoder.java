package io.webwatch.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decodes batches of the wire protocol v1 ({@code docs/protocol.md}) straight from bytes, in one pass and in memory
 * proportional to the body. The caller limits the size of the body. Thread-safe; an application needs only one, because it
 * caches frequent short texts (at most about half a megabyte).
 *
 * <p>It does not use a general JSON parser, which would create Strings for keys and for skipped values and would accept
 * overlong UTF-8 and encoded surrogates.
 */
public final class BatchDecoder {
    /** The maximum number of events in a batch, including invalid ones. */
    public static final int MAX_EVENTS = 500;

    private final TextCache texts = new TextCache();

    /**
     * Decodes one body.
     *
     * @param length in bytes
     * @throws MalformedBatchException if the bytes are not a valid batch; its message says what is wrong and where, and
     *     never repeats the input
     * @throws IndexOutOfBoundsException if offset and length are outside the buffer
     */
    public WireBatch decode(byte[] buffer, int offset, int length) throws MalformedBatchException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        JsonCursor in = new JsonCursor(buffer, offset, length, texts);
        if (in.peek() != '{') {
            throw in.unexpected("an object");
        }
        ContextReader context = new ContextReader(in);
        List<WireEvent> events = null;
        int invalid = 0;
        in.openObject();
        for (int key = in.firstKey(); key != WireKeys.END; key = in.nextKey()) {
            if (key == WireKeys.E) {
                events = new ArrayList<>();
                invalid = events(in, events);
            } else {
                context.read(key);
            }
        }
        in.finish();
        if (events == null) {
            throw in.malformed("the events 'e' are missing");
        }
        return new WireBatch(context.context(), events, invalid);
    }

    /** Adds the valid events and returns the number of invalid ones. */
    private static int events(JsonCursor in, List<WireEvent> events) throws MalformedBatchException {
        if (in.peek() != '[') {
            throw in.unexpected("an array of events");
        }
        EventReader reader = new EventReader(in);
        int invalid = 0;
        in.openArray();
        for (boolean more = in.firstItem(); more; more = in.nextItem()) {
            if (events.size() + invalid == MAX_EVENTS) {
                throw in.malformed("there are too many events, more than " + MAX_EVENTS);
            }
            WireEvent event = reader.read();
            if (event == null) {
                invalid++;
            } else {
                events.add(event);
            }
        }
        if (events.isEmpty() && invalid == 0) {
            throw in.malformed("there are no events");
        }
        return invalid;
    }
}

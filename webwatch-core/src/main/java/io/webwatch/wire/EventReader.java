package io.webwatch.wire;

import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one batch. The type determines the meaning of the other keys. If it comes first, as WebWatch's
 * tracker sends it, the event is read in one pass; otherwise the type is searched for first.
 */
final class EventReader {
    private static final int MAX_SEQUENCE = 65_535;
    private static final long MAX_AGE_MILLIS = 86_400_000;

    private final JsonCursor in;
    private long sequence;
    private long offset;

    EventReader(JsonCursor in) {
        this.in = in;
    }

    /** Reads the next event; returns null if it is invalid. */
    @Nullable
    WireEvent read() throws MalformedBatchException {
        if (in.peek() != '{') {
            in.skipValue();
            return null;
        }
        in.openObject();
        int mark = in.mark();
        int depth = in.depth();
        int key = in.firstKey();
        if (key == WireKeys.T) {
            EventFields fields = type();
            if (keys(fields, in.nextKey(), false)) {
                return event(fields);
            }
            in.reset(mark, depth);
            key = in.firstKey();
        }
        EventFields fields = lastType(key);
        in.reset(mark, depth);
        keys(fields, in.firstKey(), true);
        return event(fields);
    }

    /** Reads the other keys; returns false as soon as another type is found unexpectedly. */
    private boolean keys(EventFields fields, int firstKey, boolean skipType) throws MalformedBatchException {
        sequence = EventFields.ABSENT;
        offset = EventFields.ABSENT;
        for (int key = firstKey; key != WireKeys.END; key = in.nextKey()) {
            switch (key) {
                case WireKeys.N -> sequence = fields.integer(in, 0, MAX_SEQUENCE);
                case WireKeys.O -> offset = fields.integer(in, -MAX_AGE_MILLIS, 0);
                case WireKeys.T -> {
                    if (!skipType) {
                        return false;
                    }
                    in.skipValue();
                }
                default -> fields.read(key, in);
            }
        }
        return true;
    }

    private @Nullable WireEvent event(EventFields fields) {
        if (fields.isInvalid() || sequence == EventFields.ABSENT) {
            return null;
        }
        EventData data = fields.data();
        return data == null ? null : new WireEvent(sequence, EventFields.orElse(offset, 0), data);
    }

    private EventFields lastType(int firstKey) throws MalformedBatchException {
        EventFields last = EventFields.of(EventType.SESSION);
        for (int key = firstKey; key != WireKeys.END; key = in.nextKey()) {
            if (key == WireKeys.T) {
                last = type();
            } else {
                in.skipValue();
            }
        }
        return last;
    }

    private EventFields type() throws MalformedBatchException {
        if (in.peek() != '"') {
            in.skipValue();
            return EventFields.of(EventType.SESSION);
        }
        int from = in.mark() + 1;
        int length = in.plainText();
        if (length >= 0) {
            EventType known = TypeTable.find(in.bytes(), from, length);
            if (known != null) {
                return EventFields.of(known);
            }
            in.reset(from - 1, in.depth());
        }
        String name = in.text(TextLimits.TYPE);
        EventType known = EventType.byId(name);
        if (known != null) {
            return EventFields.of(known);
        }
        return name.isEmpty() ? EventFields.of(EventType.SESSION) : new CustomFields.Unknown(name);
    }
}

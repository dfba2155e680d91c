package io.webwatch.journal;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The binary form of a run of events, exact to the last bit. Contexts and texts that several events share are written
 * once and shared again when read. For files that the same version or a later one reads; see {@link #VERSION}.
 * Thread-safe.
 */
public final class EventBinary {
    /** Changes with the form. */
    public static final int VERSION = 1;

    private EventBinary() {}

    /** The events as bytes. */
    public static byte[] encode(List<Event> events) {
        BinaryWriter out = new BinaryWriter(128 + 96 * events.size());
        Map<EventContext, Integer> contexts = new IdentityHashMap<>();
        out.unsigned(events.size());
        for (Event event : events) {
            out.text(event.id().pageView());
            out.signed(event.id().sequence());
            out.signed(event.timeMillis());
            out.signed(event.timeNanos() - event.timeMillis() * 1_000_000);
            Integer known = contexts.putIfAbsent(event.context(), contexts.size());
            out.unsigned(known == null ? 0 : known + 1);
            if (known == null) {
                ContextBinary.write(event.context(), out);
            }
            DataBinary.write(event.data(), out);
        }
        return out.toByteArray();
    }

    /**
     * The events of such bytes.
     *
     * @throws IOException when the bytes are not what {@link #encode} gave
     */
    public static List<Event> decode(byte[] bytes) throws IOException {
        BinaryReader in = new BinaryReader(bytes);
        try {
            int count = in.count();
            List<EventContext> contexts = new ArrayList<>();
            List<Event> events = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                events.add(event(in, contexts));
            }
            if (!in.isAtEnd()) {
                throw BinaryReader.damaged("more bytes than events");
            }
            return events;
        } catch (RuntimeException e) {
            throw new IOException("A stored batch is damaged: " + e.getMessage(), e);
        }
    }

    private static Event event(BinaryReader in, List<EventContext> contexts) throws IOException {
        EventId id = new EventId(in.required(), in.signed());
        long millis = in.signed();
        long nanos = millis * 1_000_000 + in.signed();
        long number = in.unsigned();
        if (number > contexts.size() || number < 0) {
            throw BinaryReader.damaged("a context that did not come before");
        }
        if (number == 0) {
            contexts.add(ContextBinary.read(in));
        }
        EventContext context = contexts.get((int) (number == 0 ? contexts.size() : number) - 1);
        return new Event(id, millis, nanos, context, DataBinary.read(in));
    }
}

package io.webwatch.journal;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes and decodes a list of events without any loss. Contexts and texts that several events share are written once and
 * are shared again when read. Bytes can be read by the same {@link #VERSION} only. Thread-safe.
 */
public final class EventBinary {
    /** Changes with the format, and therefore with every attribute and with the order of the types. */
    public static final int VERSION = 2;

    private static final EventType[] TYPES = EventType.values();

    private EventBinary() {}

    /** Returns the events as bytes. */
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
                event.context().writeTo(out);
            }
            out.unsigned(event.type().ordinal());
            event.data().writeTo(out);
        }
        return out.toByteArray();
    }

    /**
     * Returns the events of bytes that {@link #encode} returned.
     *
     * @throws IOException if the bytes are damaged
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
                throw new IllegalArgumentException("bytes follow the last event");
            }
            return events;
        } catch (RuntimeException e) {
            throw new IOException("A stored batch is damaged: " + e.getMessage(), e);
        }
    }

    private static Event event(BinaryReader in, List<EventContext> contexts) {
        EventId id = new EventId(in.required(), in.signed());
        long millis = in.signed();
        long nanos = millis * 1_000_000 + in.signed();
        EventContext context = context(in, contexts);
        return new Event(id, millis, nanos, context, type(in).readData(in));
    }

    private static EventType type(BinaryReader in) {
        long number = in.unsigned();
        if (number < 0 || number >= TYPES.length) {
            throw new IllegalArgumentException("the type of an event is unknown");
        }
        return TYPES[(int) number];
    }

    private static EventContext context(BinaryReader in, List<EventContext> contexts) {
        long number = in.unsigned();
        if (number < 0 || number > contexts.size()) {
            throw new IllegalArgumentException("a reference to a context has no target");
        }
        if (number > 0) {
            return contexts.get((int) number - 1);
        }
        EventContext context = EventContext.readFrom(in);
        contexts.add(context);
        return context;
    }
}

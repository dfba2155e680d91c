package io.webwatch.event;

import java.util.Objects;

/**
 * One thing that happened on a page. Events are complete: no later stage adds to them. Immutable and thread-safe.
 *
 * @param timeMillis when it happened, in epoch milliseconds of the server's clock
 * @param timeNanos unique time in epoch nanoseconds: millisecond, counter and instance slot. It is assigned once, so that
 *     every store and every repeated write refers to the same point
 * @param context what all events of the page view share
 * @param data what is specific to the type
 */
public record Event(EventId id, long timeMillis, long timeNanos, EventContext context, EventData data)
        implements Attributed {
    public Event {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(data, "data");
    }

    /** Returns the type of the event. */
    public EventType type() {
        return data.type();
    }

    /** Writes id, type, times, context and data as one flat list of attributes. */
    @Override
    public void writeTo(AttributeWriter out) {
        out.text("id", id.toString());
        out.text("type", type().id());
        out.integer("time", timeMillis);
        out.integer("time_ns", timeNanos);
        context.writeTo(out);
        data.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException if an attribute is missing or invalid
     */
    public static Event readFrom(AttributeReader in) {
        EventId id = EventId.parse(in.requiredText("id"));
        EventType type = in.constant("type", EventType::byId);
        long timeMillis = in.requiredInteger("time");
        long timeNanos = in.requiredInteger("time_ns");
        return new Event(id, timeMillis, timeNanos, EventContext.readFrom(in), type.readData(in));
    }
}

package io.webwatch.event;

import java.util.Objects;

/**
 * One thing that happened on a page, complete: no later stage adds to it. Immutable and thread-safe.
 *
 * @param timeMillis when it happened, epoch milliseconds by the server's clock
 * @param timeNanos a unique epoch time in nanoseconds: millisecond, counter, instance slot; assigned once, so that
 *     every store and every repeated write names the same point
 * @param context what the events of the page view share
 * @param data what is particular to the type
 */
public record Event(EventId id, long timeMillis, long timeNanos, EventContext context, EventData data)
        implements Attributed {
    public Event {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(data, "data");
    }

    /** The type of the event. */
    public EventType type() {
        return data.type();
    }

    /** Tells everything, flat: identity, times, context, then what is particular to the type. */
    @Override
    public void attributes(AttributeVisitor visitor) {
        identity(visitor);
        context.attributes(visitor);
        data.attributes(visitor);
    }

    /** Tells identity, type and times alone: what is neither the context's nor the data's. */
    public void identity(AttributeVisitor visitor) {
        visitor.text("id", id.toString());
        visitor.text("type", type().id());
        visitor.integer("time", timeMillis);
        visitor.integer("time_ns", timeNanos);
    }
}

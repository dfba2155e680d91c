package io.webwatch.sink;

import io.webwatch.event.Event;
import java.util.List;
import java.util.Objects;

/**
 * An immutable run of events in log order; the unit of delivery. Thread-safe.
 *
 * @param log identity of the log that holds it; positions compare only within one log
 * @param position number of the batch in its log, from 1 and ascending; there are gaps where batches were given up
 * @param events never empty; at most {@code webwatch.batch.max-events}
 * @param bytes estimated size in memory
 */
public record EventBatch(String log, long position, List<Event> events, long bytes) {
    public EventBatch {
        Objects.requireNonNull(log, "log");
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A batch holds at least one event.");
        }
    }

    /** Number of events. */
    public int size() {
        return events.size();
    }

    @Override
    public String toString() {
        return "EventBatch[" + position + ", " + events.size() + " events, " + bytes + " bytes]";
    }
}

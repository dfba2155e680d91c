package io.webwatch.sink;

import io.webwatch.event.Event;
import java.util.List;
import java.util.Objects;

/**
 * Consecutive events of the log, the unit of delivery. Immutable.
 *
 * @param log identity of the log that contains the batch; positions of different logs are not comparable
 * @param position ascending number of the batch in its log, starting at 1; numbers of lost batches are missing
 * @param events from one to {@code webwatch.batch.max-events} events
 * @param bytes estimated size in memory
 */
public record EventBatch(String log, long position, List<Event> events, long bytes) {
    public EventBatch {
        Objects.requireNonNull(log, "log");
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A batch needs at least one event.");
        }
    }

    /** Returns the number of events. */
    public int size() {
        return events.size();
    }

    @Override
    public String toString() {
        return "EventBatch[" + position + ", " + events.size() + " events, " + bytes + " bytes]";
    }
}

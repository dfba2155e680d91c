package io.webwatch.delivery;

import io.webwatch.event.Event;
import io.webwatch.event.RandomIds;
import io.webwatch.sink.EventBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Turns dead letters that are sent again into batches, each order with its own log id. {@link #add} may be called
 * from any thread, the other methods from the delivery's thread.
 */
final class Resubmissions {
    private static final int MAX_EVENTS = 500;

    private static final class Progress {
        private final Runnable settled;
        private int openBatches;

        private Progress(Runnable settled, int openBatches) {
            this.settled = settled;
            this.openBatches = openBatches;
        }
    }

    private record Order(List<Event> events, Runnable settled) {}

    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Map<String, Progress> progress = new HashMap<>();

    /** Adds events to be sent, and a task to run when the sink has accepted or rejected all of them. */
    void add(List<Event> events, Runnable settled) {
        orders.add(new Order(List.copyOf(events), settled));
    }

    /** Moves all orders to the end of a queue. */
    void moveTo(Queue<EventBatch> queue) {
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            List<Event> events = order.events();
            if (events.isEmpty()) {
                order.settled().run();
                continue;
            }
            String log = "resubmit-" + RandomIds.next();
            int batches = (events.size() + MAX_EVENTS - 1) / MAX_EVENTS;
            progress.put(log, new Progress(order.settled(), batches));
            for (int i = 0; i < batches; i++) {
                List<Event> part = events.subList(i * MAX_EVENTS, Math.min(events.size(), (i + 1) * MAX_EVENTS));
                queue.add(new EventBatch(log, i + 1L, part, 1_000L * part.size()));
            }
        }
    }

    /** Returns whether there are orders to move. */
    boolean hasOrders() {
        return !orders.isEmpty();
    }

    /** Notes that all events of a batch were accepted or rejected. Ignores batches of other logs. */
    void done(EventBatch batch) {
        Progress order = progress.get(batch.log());
        if (order != null && --order.openBatches == 0) {
            progress.remove(batch.log());
            order.settled.run();
        }
    }
}

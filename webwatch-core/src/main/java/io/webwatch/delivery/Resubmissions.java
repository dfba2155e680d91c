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
 * Dead letters that are sent again, as batches of a log of their own. {@link #add} may be called from any thread, the
 * rest by the delivery's.
 */
final class Resubmissions {
    private static final int MOST_EVENTS = 500;

    private static final class Run {
        private final Runnable settled;
        private int left;

        private Run(Runnable settled, int left) {
            this.settled = settled;
            this.left = left;
        }
    }

    private record Order(List<Event> events, Runnable settled) {}

    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Map<String, Run> runs = new HashMap<>();

    /** Has events sent, and something done when all of them are decided. */
    void add(List<Event> events, Runnable settled) {
        orders.add(new Order(List.copyOf(events), settled));
    }

    /** Moves what was ordered to the end of a queue. */
    void moveTo(Queue<EventBatch> queue) {
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            List<Event> events = order.events();
            if (events.isEmpty()) {
                order.settled().run();
                continue;
            }
            String log = "resubmit-" + RandomIds.next();
            int batches = (events.size() + MOST_EVENTS - 1) / MOST_EVENTS;
            runs.put(log, new Run(order.settled(), batches));
            for (int i = 0; i < batches; i++) {
                List<Event> part = events.subList(i * MOST_EVENTS, Math.min(events.size(), (i + 1) * MOST_EVENTS));
                queue.add(new EventBatch(log, i + 1L, part, 1_000L * part.size()));
            }
        }
    }

    /** Whether something waits to be moved. */
    boolean hasOrders() {
        return !orders.isEmpty();
    }

    /** All events of a batch are decided. */
    void done(EventBatch batch) {
        Run run = runs.get(batch.log());
        if (run != null && --run.left == 0) {
            runs.remove(batch.log());
            run.settled.run();
        }
    }
}

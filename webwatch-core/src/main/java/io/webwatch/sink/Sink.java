package io.webwatch.sink;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Takes batches of events to a store or a transport.
 *
 * <ul>
 *   <li><b>Thread.</b> {@link #write} and {@link #close} are called by one worker thread that serves this sink alone;
 *       blocking in them delays no other sink and no request.
 *   <li><b>In flight.</b> At most {@link #maxInFlight()} stages are uncompleted at a time. A stage may be completed by
 *       any thread.
 *   <li><b>Order.</b> Batches come in log order. After a retriable result the same batch comes again, before any later
 *       one is begun; with more than one in flight, later ones that were begun are repeated too.
 *   <li><b>Size.</b> A batch is never empty.
 *   <li><b>Repetition.</b> The same batch, or the retriable events of it, can come again after an uncertain outcome.
 *       {@link EventBatch#log()} and {@link EventBatch#position()} identify it.
 *   <li><b>Errors.</b> A stage that fails, and an exception out of {@code write}, count as retriable for the whole
 *       batch. What can never succeed must be told as rejected.
 *   <li><b>Interrupt.</b> The worker interrupts a {@code write} that outlasts the close bound; end promptly then.
 *   <li><b>Closed.</b> After {@code close} there is no further call. It is called at most once.
 * </ul>
 */
public interface Sink extends AutoCloseable {
    /** How many batches may be begun before an earlier one is completed; at least 1. Constant. */
    default int maxInFlight() {
        return 1;
    }

    /** Begins to write a batch. */
    CompletionStage<WriteResult> write(EventBatch batch);

    /**
     * Sentences for the status page about what is degraded although events are written, each with its remedy. Called by
     * any thread, often; must not block.
     */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Figures of the sink's own for the status page, by a short name with underscores that ends in the unit, such as {@code
     * request_latency_ms}. Called by any thread, often; must not block.
     */
    default Map<String, Double> metrics() {
        return Map.of();
    }

    /** Flushes what was begun and lets go of all resources, within a few seconds. */
    @Override
    void close();
}

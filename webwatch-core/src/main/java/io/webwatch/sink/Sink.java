package io.webwatch.sink;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Writes batches of events to a store or a transport.
 *
 * <ul>
 *   <li><b>Thread.</b> {@link #write} and {@link #close} are called by a worker thread that serves only this sink. They
 *       may block, which delays no other sink and no request.
 *   <li><b>In flight.</b> At most {@link #maxInFlight()} stages are incomplete at a time. Any thread may complete a
 *       stage.
 *   <li><b>Order.</b> Batches arrive in log order. After a retriable result, the same batch is written again before any
 *       later one. If more than one batch is in flight, the later ones are written again too.
 *   <li><b>Size.</b> A batch is never empty.
 *   <li><b>Repetition.</b> After an uncertain outcome, the same batch, or only its retriable events, can be written
 *       again. {@link EventBatch#log()} and {@link EventBatch#position()} identify the batch.
 *   <li><b>Errors.</b> A stage that fails, or an exception or {@link Error} thrown by {@code write}, means that the
 *       whole batch is retriable. Events that can never be written must be reported as rejected.
 *   <li><b>Interrupt.</b> If {@code write} is still running when WebWatch's time for closing is over, the worker is
 *       interrupted, and {@code write} must return promptly.
 *   <li><b>Close.</b> {@code close} is called at most once, and nothing is called after it.
 * </ul>
 */
public interface Sink extends AutoCloseable {
    /** Returns the maximum number of batches in flight: at least 1, and always the same. */
    default int maxInFlight() {
        return 1;
    }

    /**
     * Writes a batch.
     *
     * @return completes when the outcome of every event is known
     */
    CompletionStage<WriteResult> write(EventBatch batch);

    /**
     * Returns sentences for the status page about what is degraded even though events are written, each with a remedy.
     * Called frequently and by any thread, and must not block.
     */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Returns the sink's own metrics for the status page, by a short snake_case name that ends in the unit, such as
     * {@code request_latency_ms}. Called frequently and by any thread, and must not block.
     */
    default Map<String, Double> metrics() {
        return Map.of();
    }

    /** Flushes pending writes and releases all resources, within a few seconds. */
    @Override
    void close();
}

package io.webwatch.kafka;

import io.webwatch.sink.EventBatch;
import org.jspecify.annotations.Nullable;

/**
 * Prevents later batches from being written before an earlier one that failed. The caller repeats them after that one, so
 * writing them now would create copies and break the order. Thread-safe.
 */
final class Halt {
    private final int maxInFlight;
    private @Nullable EventBatch first;
    private int refusals;

    /**
     * Creates a halt that lets every batch pass until one fails.
     *
     * @param maxInFlight maximum number of batches that the caller may have begun before it knows of the failure
     */
    Halt(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** Records that a batch was not written completely, so that the caller will repeat it. */
    synchronized void at(EventBatch batch) {
        EventBatch halted = first;
        if (halted == null || !halted.log().equals(batch.log()) || batch.position() < halted.position()) {
            first = batch;
            refusals = 0;
        }
    }

    /** Returns whether the batch may be written: no failed batch is awaited, or it is that one or an earlier one. */
    synchronized boolean passes(EventBatch batch) {
        EventBatch halted = first;
        if (halted == null) {
            return true;
        }
        boolean isLater = halted.log().equals(batch.log()) && batch.position() > halted.position();
        if (isLater && refusals < maxInFlight) {
            refusals++;
            return false;
        }
        first = null; // the failed batch is here, or the caller continues without it
        return true;
    }

    /** Returns whether the batch is later than a failed one that is awaited. */
    synchronized boolean isAhead(EventBatch batch) {
        EventBatch halted = first;
        return halted != null && halted.log().equals(batch.log()) && batch.position() > halted.position();
    }
}

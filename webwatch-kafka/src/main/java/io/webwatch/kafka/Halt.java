package io.webwatch.kafka;

import io.webwatch.sink.EventBatch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps later batches from being written while an earlier one is to come again: they come again too, after it, so that
 * writing them now would make copies and break the order. Thread-safe.
 */
final class Halt {
    private final int maxInFlight;
    private @Nullable EventBatch first;
    private int refusals;

    /**
     * Lets everything pass at first.
     *
     * @param maxInFlight so many batches at most can have been begun before the caller knows of the failure
     */
    Halt(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** Notes that the batch was not wholly written and comes again. */
    synchronized void at(EventBatch batch) {
        EventBatch halted = first;
        if (halted == null || !halted.log().equals(batch.log()) || batch.position() < halted.position()) {
            first = batch;
            refusals = 0;
        }
    }

    /** Whether the batch may be written: it is the one that comes again, or one before it, or none is awaited. */
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
        first = null; // it is here, or the caller went on without it
        return true;
    }

    /** Whether the batch comes after one that is to come again. */
    synchronized boolean isAhead(EventBatch batch) {
        EventBatch halted = first;
        return halted != null && halted.log().equals(batch.log()) && batch.position() > halted.position();
    }
}

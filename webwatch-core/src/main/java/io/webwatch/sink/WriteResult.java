package io.webwatch.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of writing a batch, for each of its events. Immutable.
 *
 * <p>A written event is complete. Retriable events are written again, in order, after a back-off. Rejected events become
 * dead letters, because the sink can never write them.
 */
public final class WriteResult {
    /**
     * An event that was not written.
     *
     * @param index index of the event in the batch
     * @param retriable whether to write the event again; if not, it is rejected
     * @param reason a sentence for the log and the dead-letter file
     */
    public record Failure(int index, boolean retriable, String reason) {
        public Failure {
            Objects.requireNonNull(reason, "reason");
        }
    }

    private static final WriteResult WRITTEN = new WriteResult(false, List.of(), null, null);

    private final boolean allRetriable;
    private final List<Failure> failures;
    private final @Nullable String reason;
    private final @Nullable Duration retryAfter;

    private WriteResult(
            boolean allRetriable, List<Failure> failures, @Nullable String reason, @Nullable Duration retryAfter) {
        this.allRetriable = allRetriable;
        this.failures = failures;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Returns the result that every event was written. */
    public static WriteResult written() {
        return WRITTEN;
    }

    /** Returns the result that no event was written and the whole batch is retriable. */
    public static WriteResult retriable(String reason) {
        return retriable(reason, null);
    }

    /**
     * Returns the result that no event was written and the whole batch is retriable.
     *
     * @param retryAfter minimum delay that the server requested, or null
     */
    public static WriteResult retriable(String reason, @Nullable Duration retryAfter) {
        return new WriteResult(true, List.of(), Objects.requireNonNull(reason, "reason"), retryAfter);
    }

    /**
     * Returns the result that some events were not written, and all others were.
     *
     * @param failures the events that were not written, at most one failure for each index
     * @param retryAfter minimum delay that the server requested, or null
     */
    public static WriteResult partial(List<Failure> failures, @Nullable Duration retryAfter) {
        return failures.isEmpty()
                ? WRITTEN
                : new WriteResult(false, List.copyOf(failures), failures.get(0).reason(), retryAfter);
    }

    /** Returns whether every event was written. */
    public boolean isWritten() {
        return !allRetriable && failures.isEmpty();
    }

    /** Returns whether no event was written and the whole batch is retriable. */
    public boolean isAllRetriable() {
        return allRetriable;
    }

    /** Returns the failures of a partial result; empty if all events were written or the whole batch is retriable. */
    public List<Failure> failures() {
        return failures;
    }

    /** Returns the indices of the retriable events in a batch of the given size, in ascending order. */
    public List<Integer> retriableIndices(int batchSize) {
        List<Integer> indices = new ArrayList<>();
        if (allRetriable) {
            for (int i = 0; i < batchSize; i++) {
                indices.add(i);
            }
        } else {
            failures.stream()
                    .filter(Failure::retriable)
                    .map(Failure::index)
                    .sorted()
                    .forEach(indices::add);
        }
        return indices;
    }

    /** Returns a sentence for the log and the status page, or null if every event was written. */
    public @Nullable String reason() {
        return reason;
    }

    /** Returns the minimum delay before the next attempt that the server requested, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public String toString() {
        return "WriteResult[" + (isWritten() ? "written" : reason + ", " + failures.size() + " failures") + "]";
    }
}

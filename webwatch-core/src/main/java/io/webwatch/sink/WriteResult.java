package io.webwatch.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of each event of a batch. Immutable.
 *
 * <p>Written events are done. Retriable ones are written again, in order, after a back-off. Rejected ones will never be
 * taken by the sink and are counted under their reason.
 */
public final class WriteResult {
    /** One event that was not written. */
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

    /** Every event was written. */
    public static WriteResult written() {
        return WRITTEN;
    }

    /** No event was written; the whole batch is to be written again. */
    public static WriteResult retriable(String reason) {
        return retriable(reason, null);
    }

    /**
     * No event was written; the whole batch is to be written again.
     *
     * @param retryAfter the least wait that the peer asked for, or null
     */
    public static WriteResult retriable(String reason, @Nullable Duration retryAfter) {
        return new WriteResult(true, List.of(), Objects.requireNonNull(reason, "reason"), retryAfter);
    }

    /**
     * Some events were not written, the others were.
     *
     * @param failures by index in the batch, each index once
     * @param retryAfter the least wait that the peer asked for, or null
     */
    public static WriteResult partial(List<Failure> failures, @Nullable Duration retryAfter) {
        return failures.isEmpty()
                ? WRITTEN
                : new WriteResult(false, List.copyOf(failures), failures.get(0).reason(), retryAfter);
    }

    /** Whether every event was written. */
    public boolean isWritten() {
        return !allRetriable && failures.isEmpty();
    }

    /** Whether no event was written and all are to be tried again. */
    public boolean isAllRetriable() {
        return allRetriable;
    }

    /** The events that were not written; empty when all were, and when all are retriable. */
    public List<Failure> failures() {
        return failures;
    }

    /** Indices that are to be tried again out of a batch of that size. */
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

    /** A sentence for the log and the status page, or null when all were written. */
    public @Nullable String reason() {
        return reason;
    }

    /** The least wait before the next attempt that the peer asked for, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public String toString() {
        return "WriteResult[" + (isWritten() ? "written" : reason + ", " + failures.size() + " failures") + "]";
    }
}

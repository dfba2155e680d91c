package io.webwatch.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Exponential back-off with jitter: each delay is between half and all of a bound that doubles with every failure.
 * Not thread-safe.
 */
public final class Backoff {
    private final long initialMillis;
    private final long maxMillis;
    private int failures;

    /**
     * Creates a back-off without failures.
     *
     * @param initial bound of the first delay
     * @param max largest bound; at least {@code initial}
     */
    public Backoff(Duration initial, Duration max) {
        this.initialMillis = initial.toMillis();
        this.maxMillis = Math.max(initial.toMillis(), max.toMillis());
    }

    /** Starts again with the first delay, after a success. */
    public void reset() {
        failures = 0;
    }

    /**
     * Counts a failure and returns the delay until the next attempt.
     *
     * @param retryAfter shortest delay that the peer accepts, or null if it did not say
     * @return milliseconds
     */
    public long nextMillis(@Nullable Duration retryAfter) {
        long bound = failures >= 40 ? maxMillis : Math.min(maxMillis, initialMillis << Math.min(failures, 30));
        failures++;
        bound = bound <= 0 ? maxMillis : bound; // the shift overflowed
        long wait = bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1);
        return retryAfter == null ? wait : Math.max(wait, retryAfter.toMillis());
    }
}

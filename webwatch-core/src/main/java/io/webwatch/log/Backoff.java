package io.webwatch.log;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Exponential back-off with jitter: each wait is between half and the whole of a bound that doubles. Not thread-safe. */
public final class Backoff {
    private final long initialMillis;
    private final long maxMillis;
    private int failures;

    public Backoff(Duration initial, Duration max) {
        this.initialMillis = initial.toMillis();
        this.maxMillis = Math.max(initial.toMillis(), max.toMillis());
    }

    /** Begins anew after a success. */
    public void reset() {
        failures = 0;
    }

    /** How long to wait after another failure, in milliseconds; at least what the peer asked for. */
    public long nextMillis(@Nullable Duration retryAfter) {
        long bound = failures >= 40 ? maxMillis : Math.min(maxMillis, initialMillis << Math.min(failures, 30));
        failures++;
        bound = bound <= 0 ? maxMillis : bound; // the shift overflowed
        long wait = bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1);
        return retryAfter == null ? wait : Math.max(wait, retryAfter.toMillis());
    }
}

package io.webwatch.servlet.internal.http;

import io.webwatch.runtime.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Logs failures inside WebWatch, at most one per minute, so that a repeated failure does not flood the application's
 * log. Thread-safe.
 */
public final class FailureLog {
    private static final long INTERVAL_NANOS = 60_000_000_000L;

    private final Logger log;
    private final TimeSource time;
    private final AtomicLong nextNanos;
    private final AtomicInteger suppressed = new AtomicInteger();

    /** Creates a failure log that measures its interval with the clock of this machine. */
    public FailureLog(Logger log) {
        this(log, TimeSource.SYSTEM);
    }

    FailureLog(Logger log, TimeSource time) {
        this.log = log;
        this.time = time;
        this.nextNanos = new AtomicLong(time.nanoTime());
    }

    /**
     * Logs a failure, or only counts it when another one was logged less than a minute ago.
     *
     * @param action what WebWatch failed to do, such as {@code answer a query}
     */
    public void failed(String action, Throwable failure) {
        long now = time.nanoTime();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            suppressed.incrementAndGet();
            return;
        }
        int unlogged = suppressed.getAndSet(0);
        log.warn(
                "WebWatch failed to {}; the application's own responses are not affected{}.",
                action,
                unlogged == 0 ? "" : " (" + unlogged + " more failures since the last report)",
                failure);
    }
}

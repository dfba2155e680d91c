package io.webwatch.servlet.internal.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Logs failures inside WebWatch, at most one a minute: none may reach the host application's requests, nor may they fill
 * its log. Thread-safe.
 */
public final class FailureLog {
    private static final long INTERVAL_NANOS = 60_000_000_000L;

    private final Logger log;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final AtomicInteger suppressed = new AtomicInteger();

    public FailureLog(Logger log) {
        this.log = log;
    }

    public void failed(String what, Throwable failure) {
        long now = System.nanoTime();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            suppressed.incrementAndGet();
            return;
        }
        int unseen = suppressed.getAndSet(0);
        log.warn(
                "WebWatch failed to {}; the application's answer is not affected{}.",
                what,
                unseen == 0 ? "" : " (and " + unseen + " more failures since the last report)",
                failure);
    }
}

package io.webwatch.servlet.testing;

import io.webwatch.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that only passes when a test advances it. Thread-safe. */
public final class ManualTime implements TimeSource {
    private final Instant start = Instant.parse("2026-03-01T12:00:00Z");
    private final AtomicLong passedNanos = new AtomicLong();

    /** Lets time pass. */
    public void advance(Duration time) {
        passedNanos.addAndGet(time.toNanos());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(passedNanos.get());
    }

    @Override
    public long nanoTime() {
        return passedNanos.get();
    }
}

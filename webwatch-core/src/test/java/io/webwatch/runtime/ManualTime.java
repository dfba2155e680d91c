package io.webwatch.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when a test says so, in both clocks alike. Thread-safe. */
public final class ManualTime implements TimeSource {
    private final Instant start;
    private final AtomicLong passedNanos = new AtomicLong();

    public ManualTime() {
        this(Instant.parse("2026-03-01T12:00:00Z"));
    }

    public ManualTime(Instant start) {
        this.start = start;
    }

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

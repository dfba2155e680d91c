package io.webwatch;

import io.webwatch.event.RandomIds;
import io.webwatch.wire.WireContext;
import java.util.concurrent.atomic.AtomicLong;

/** Identity of the events that the application publishes without a visitor. Thread-safe. */
final class ApplicationSource {
    private final WireContext context = WebWatch.context(RandomIds.next(), "/", null, null);
    private final AtomicLong sequence = new AtomicLong();

    WireContext context() {
        return context;
    }

    long next() {
        return sequence.getAndIncrement();
    }
}

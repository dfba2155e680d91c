package io.webwatch.delivery;

import static org.awaitility.Awaitility.await;

import io.webwatch.event.DropCounters;
import io.webwatch.fixture.ManualTime;
import io.webwatch.fixture.TestEvents;
import io.webwatch.log.BatchLog;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.sink.Sink;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A log, and a delivery from it to the sink of a test. */
abstract class RunningDelivery {
    final ManualTime time = new ManualTime();
    final BatchLog log = new BatchLog("log", 1 << 20, time);
    final DropCounters drops = new DropCounters();
    final ThreadFailures failures = new ThreadFailures(time, (sentence, failure) -> {});

    @Nullable
    Delivery delivery;

    @AfterEach
    void close() {
        log.close();
        if (delivery != null) {
            delivery.close(time.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        }
    }

    void start(Callable<Sink> opener) {
        delivery = new Delivery(
                "test",
                opener,
                log,
                log.cursor("test"),
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                drops,
                null,
                time,
                failures);
        delivery.start();
    }

    /** Appends a batch of events with these numbers. */
    void append(long from, long to) {
        log.append(TestEvents.range(from, to), 100);
    }

    void awaitDelivered() {
        await().until(() -> delivery.status().lag() == 0);
    }
}

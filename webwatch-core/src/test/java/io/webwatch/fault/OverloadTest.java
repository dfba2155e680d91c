package io.webwatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.DropReason;
import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten times more events than the sink writes, with default settings but a small journal. */
class OverloadTest {
    private static final int PAGES = Boolean.getBoolean("tests.full") ? 120_000 : 16_000;
    private static final int EVENTS = 10;
    private static final int PAGES_PER_HEAP_CHECK = 4_000;
    private static final long MAX_HEAP = 64 << 20;

    @TempDir
    private Path directory;

    @Test
    void overload_keepsTheHeapBoundedAndCountsEveryLoss() throws Exception {
        FileSink sink = new FileSink("sink", directory);
        WebWatch webwatch = start(sink);
        try {
            Publisher publisher = new Publisher(webwatch);
            assertThat(publisher.accept("first", 0, EVENTS).isAccepted()).isTrue();
            await().until(() -> sink.sessions().size() == 1); // the session emits its next event at shutdown
            long maxHeap = overload(webwatch, publisher, sink);
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(writtenOrDropped(webwatch))
                            .as("every event is written or counted, including that of the session")
                            .isEqualTo(EVENTS + PAGES * EVENTS + 1));

            List<String> in = new ArrayList<>(Publisher.ids("first", 0, EVENTS));
            for (int page = 0; page < PAGES; page++) {
                in.addAll(Publisher.ids("over", page, EVENTS));
            }
            Copies copies = Copies.compare(in, sink.ids());
            System.out.println("Overload: " + in.size() + " accepted, " + copies + ", heap +" + (maxHeap >> 20)
                    + " MB, " + webwatch.drops().snapshot());
            assertThat(maxHeap).isLessThan(MAX_HEAP);
            assertThat(copies.strange()).isEmpty();
            assertThat(copies.extra()).isZero();
            assertThat(copies.missing()).as("the sink was overloaded").isNotEmpty();
            assertThat(webwatch.drops().count(DropReason.SINK_LAG))
                    .isEqualTo(copies.missing().size());
        } finally {
            webwatch.close();
        }
    }

    /** Publishes all pages, and returns by how much the heap grew at most. */
    private static long overload(WebWatch webwatch, Publisher publisher, FileSink sink) {
        Semaphore permits = new Semaphore(0);
        sink.throttle(permits);
        long heapBefore = heap();
        long maxHeap = 0;
        for (int page = 0; page < PAGES; page++) {
            while (!publisher.accept("over", page, EVENTS).isAccepted()) {
                awaitRoom(webwatch); // retry, like a browser after a 503
            }
            permits.release(EVENTS / 10);
            if ((page + 1) % PAGES_PER_HEAP_CHECK == 0) {
                maxHeap = Math.max(maxHeap, heap() - heapBefore);
            }
        }
        sink.throttle(null);
        permits.release(PAGES * EVENTS);
        return maxHeap;
    }

    /** Starts WebWatch with a fixed clock: then a session emits events only when it starts and at shutdown. */
    private WebWatch start(FileSink sink) {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory.resolve("data"))
                .set(WebWatchProperties.JOURNAL_MAX_SIZE, 1L << 20)
                .build();
        return WebWatch.builder()
                .config(config)
                .clock(InstantSource.fixed(Instant.parse("2026-05-01T12:00:00Z")))
                .sink(sink)
                .start();
    }

    private static void awaitRoom(WebWatch webwatch) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    Status.Buffer buffer = webwatch.status().buffer();
                    return buffer.used() < buffer.capacity() / 2 && buffer.usedBytes() < buffer.maxBytes() / 2;
                });
    }

    private static long writtenOrDropped(WebWatch webwatch) {
        SinkStatus status = webwatch.status().sinks().get(0);
        return status.written() + status.dropped();
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package io.webwatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.DropReason;
import io.webwatch.request.Acceptance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten times more events than a sink takes, with all defaults but a small journal. */
class OverloadTest {
    private static final int SECONDS = Boolean.getBoolean("tests.full") ? 60 : 8;
    private static final int SINK_EVENTS = 2_000;
    private static final int EVENTS = 10;
    private static final long MOST_HEAP = 64 << 20;

    @TempDir
    private Path directory;

    @Test
    void overload_keepsTheHeapBoundedAndCountsWhatHasNoRoom() throws Exception {
        FileSink sink = new FileSink("sink", directory);
        sink.slow(SINK_EVENTS);
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory.resolve("data"))
                .set(WebWatchProperties.JOURNAL_MAX_SIZE, 1L << 20)
                .build();
        WebWatch webwatch = WebWatch.builder().config(config).sink(sink).start();
        try {
            Publisher publisher = new Publisher(webwatch);
            assertThat(publisher.accept("first", 0, EVENTS).isAccepted()).isTrue();
            await().until(() -> !sink.ids().isEmpty());
            long before = heap();
            BitSet taken = new BitSet();
            long most = 0;
            long interval = TimeUnit.SECONDS.toNanos(1) * EVENTS / (10 * SINK_EVENTS);
            long start = System.nanoTime();
            for (long page = 0; page * interval < TimeUnit.SECONDS.toNanos(SECONDS); page++) {
                LockSupport.parkNanos(start + page * interval - System.nanoTime());
                Acceptance acceptance = publisher.accept("over", page, EVENTS);
                if (acceptance.isAccepted()) {
                    taken.set((int) page);
                }
                if (page % 4_000 == 3_999) {
                    most = Math.max(most, heap() - before);
                }
            }
            sink.slow(0);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> webwatch.status().buffer().used() == 0
                            && webwatch.status().sinks().get(0).lag() == 0);
            List<String> in = new ArrayList<>(Publisher.ids("first", 0, EVENTS));
            taken.stream().forEach(page -> in.addAll(Publisher.ids("over", page, EVENTS)));
            Copies copies = Copies.compare(in, sink.ids());
            long counted = webwatch.drops().count(DropReason.SINK_LAG);
            System.out.println("Overload of " + SECONDS + " s: " + in.size() + " taken, " + copies + ", heap +"
                    + (most >> 20) + " MB, " + webwatch.drops().snapshot());
            assertThat(in.size()).isGreaterThan(SECONDS * SINK_EVENTS * 5);
            assertThat(most).isLessThan(MOST_HEAP);
            assertThat(copies.strange()).isEmpty();
            assertThat(copies.extra()).isZero();
            assertThat(counted - copies.missing().size()).isBetween(0L, 4L); // the session's own events
            assertThat(copies.missing()).as("the overload was one").isNotEmpty();
        } finally {
            webwatch.close();
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package io.webwatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.fixture.ManualTime;
import io.webwatch.fixture.TestEvents;
import io.webwatch.sink.EventBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpoolFeedTest {
    private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ManualTime time = new ManualTime();
    private final BatchLog log = new BatchLog("log", 1_000, time);
    private final SpoolFeed feed = log.spoolFeed();
    private final Cursor sink = log.cursor("sink");

    @Test
    void batch_isDueAfterTheLag() throws Exception {
        append(1, 100);
        assertThat(due()).isEmpty();

        time.advance(Duration.ofSeconds(1));
        append(2, 100);
        time.advance(Duration.ofMillis(1_001));
        assertThat(due()).containsExactly(1L);

        time.advance(Duration.ofSeconds(1));
        assertThat(due()).containsExactly(1L, 2L);
    }

    @Test
    void batches_aboveHalfOfTheLimit_areDueAtOnceDownToAQuarter() throws Exception {
        for (int i = 1; i <= 6; i++) {
            append(i, 100);
        }
        assertThat(due()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void batch_thatTheSinkIsDoneWith_isNotDue() throws Exception {
        append(1, 100);
        append(2, 100);
        sink.done(sink.next(0));
        time.advance(Duration.ofSeconds(3));

        assertThat(due()).containsExactly(2L);
        assertThat(feed.undone()).extracting(EventBatch::position).containsExactly(2L);
    }

    @Test
    void batch_thatIsJournalled_isNotDueAgain() throws Exception {
        append(1, 100);
        append(2, 100);
        time.advance(Duration.ofSeconds(3));
        EventBatch first = feed.awaitDue(LAG_NANOS, true, 1).get(0);

        assertThat(feed.claim(first)).isTrue();
        feed.markJournalled(first);

        assertThat(due()).containsExactly(2L);
    }

    @Test
    void append_toFullMemory_waitsUntilTheJournalHasTakenABatch() throws Exception {
        feed.setJournalWritable(true);
        for (int i = 1; i <= 10; i++) {
            append(i, 100);
        }
        Thread appender = new Thread(() -> append(11, 100));
        appender.start();
        await().until(() -> appender.getState() == Thread.State.TIMED_WAITING);

        EventBatch oldest = feed.awaitDue(LAG_NANOS, true, 1).get(0);
        feed.claim(oldest);
        feed.markJournalled(oldest);
        appender.join(10_000);

        assertThat(appender.isAlive()).isFalse();
        assertThat(sink.takeLosses().evicted()).isZero();
    }

    @Test
    void stop_wakesTheWaitingSpool() throws Exception {
        CompletableFuture<List<EventBatch>> due = new CompletableFuture<>();
        Thread spool = new Thread(() -> {
            try {
                due.complete(feed.awaitDue(LAG_NANOS, false, 1));
            } catch (InterruptedException e) {
                due.completeExceptionally(e);
            }
        });
        spool.start();
        await().until(() -> spool.getState() == Thread.State.WAITING);

        feed.stop();

        assertThat(due.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    private void append(long number, long bytes) {
        log.append(TestEvents.range(number, number), bytes);
    }

    private List<Long> due() throws InterruptedException {
        return feed.awaitDue(LAG_NANOS, true, 1).stream()
                .map(EventBatch::position)
                .toList();
    }
}

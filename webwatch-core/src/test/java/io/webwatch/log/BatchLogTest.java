package io.webwatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.fixture.ManualTime;
import io.webwatch.fixture.TestEvents;
import io.webwatch.sink.EventBatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchLogTest {
    private final BatchLog log = new BatchLog("log", 1_000, new ManualTime());

    @Test
    void append_ofTheSameBatchAgain_isIgnored() throws InterruptedException {
        Cursor cursor = log.cursor();
        EventBatch batch = log.prepare(TestEvents.range(1, 2), 100);
        log.append(batch);
        log.append(batch);
        assertThat(cursor.next(0)).isEqualTo(batch);
        log.append(batch);
        assertThat(cursor.next(0)).isNull();
        cursor.done(batch);
        log.append(batch);
        assertThat(cursor.next(0)).isNull();
        assertThat(cursor.lag()).isZero();
    }

    @Test
    void next_ofSeveralCursors_readsEveryBatchInOrder() throws Exception {
        Cursor first = log.cursor();
        Cursor second = log.cursor();
        log.append(TestEvents.range(1, 2), 100);
        log.append(TestEvents.range(3, 3), 100);
        for (Cursor cursor : new Cursor[] {first, second}) {
            EventBatch batch = cursor.next(0);
            assertThat(batch).isNotNull();
            assertThat(batch.position()).isEqualTo(1);
            assertThat(batch.events()).isEqualTo(TestEvents.range(1, 2));
            assertThat(cursor.next(0)).extracting(EventBatch::position).isEqualTo(2L);
            assertThat(cursor.next(0)).isNull();
        }
    }

    @Test
    void cursor_createdLater_startsAtTheEnd() throws Exception {
        log.append(TestEvents.range(1, 1), 100);
        assertThat(log.cursor().next(0)).isNull();
    }

    @Test
    void append_aboveTheLimit_dropsTheOldestForSlowCursors() throws Exception {
        Cursor slow = log.cursor();
        Cursor fast = log.cursor();
        for (int i = 1; i <= 15; i++) {
            log.append(TestEvents.range(i, i), 100);
            assertThat(fast.next(0)).isNotNull();
        }
        assertThat(slow.takeLosses().evicted()).isEqualTo(5);
        assertThat(slow.takeLosses().evicted()).isZero();
        assertThat(fast.takeLosses().evicted()).isZero();
        assertThat(slow.next(0)).extracting(EventBatch::position).isEqualTo(6L);
    }

    @Test
    void append_ofOneHugeBatch_keepsIt() throws Exception {
        Cursor cursor = log.cursor();
        log.append(TestEvents.range(1, 1), 1_000_000);
        assertThat(cursor.next(0)).isNotNull();
    }

    @Test
    void next_whileWaiting_isWokenByAnAppend() throws Exception {
        Cursor cursor = log.cursor();
        CompletableFuture<EventBatch> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                read.complete(cursor.next(60_000));
            } catch (InterruptedException e) {
                read.completeExceptionally(e);
            }
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        log.append(TestEvents.range(1, 1), 10);
        assertThat(read.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void close_letsCursorsReadTheRest() throws Exception {
        Cursor cursor = log.cursor();
        log.append(TestEvents.range(1, 1), 10);
        log.close();
        assertThat(cursor.isAtEnd()).isFalse();
        assertThat(cursor.next(60_000)).isNotNull();
        assertThat(cursor.next(60_000)).isNull();
        assertThat(cursor.isAtEnd()).isTrue();
    }

    @Test
    void unkeptEvents_countsEventsThatAreNotDone() throws Exception {
        Cursor cursor = log.cursor();
        log.append(TestEvents.range(1, 3), 10);
        log.append(TestEvents.range(4, 5), 10);
        assertThat(cursor.unkeptEvents()).isEqualTo(5);
        cursor.done(cursor.next(0));
        assertThat(cursor.unkeptEvents()).isEqualTo(2);
    }
}

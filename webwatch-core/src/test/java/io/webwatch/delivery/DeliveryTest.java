package io.webwatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import io.webwatch.sink.WriteResult.Failure;
import io.webwatch.status.SinkStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryTest extends RunningDelivery {
    private final ScriptedSink sink = new ScriptedSink();

    @Test
    void deliver_ofBatches_writesThemInOrder() {
        start(() -> sink);
        append(1, 3);
        append(4, 5);
        awaitWritten(5);
        assertThat(sink.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.RUNNING);
        assertThat(delivery.status().lag()).isZero();
    }

    @Test
    void open_happensWithTheFirstBatchAndNotBefore() {
        AtomicInteger opened = new AtomicInteger();
        start(() -> {
            opened.incrementAndGet();
            return sink;
        });
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.STARTING);
        assertThat(opened).hasValue(0);
        append(1, 1);
        awaitWritten(1);
        assertThat(opened).hasValue(1);
    }

    @Test
    void opened_opensTheSinkWithoutABatch() throws Exception {
        start(() -> sink);
        assertThat(delivery.opened().get(10, TimeUnit.SECONDS)).isSameAs(sink);
    }

    @Test
    void open_thatFails_isRetriedAndLosesNothing() {
        AtomicInteger tries = new AtomicInteger();
        start(() -> {
            if (tries.incrementAndGet() < 4) {
                throw new IOException("The file is locked.");
            }
            return sink;
        });
        append(1, 2);
        awaitWritten(2);
        assertThat(tries).hasValue(4);
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void write_thatIsRetried_keepsTheOrder() {
        sink.script(batch -> WriteResult.retriable("not now"));
        sink.script(batch -> {
            throw new IllegalStateException("broken");
        });
        start(() -> sink);
        append(1, 2);
        append(3, 4);
        awaitWritten(4);
        assertThat(sink.numbers()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(delivery.status().retries()).isEqualTo(2);
    }

    @Test
    void write_ofSomeEvents_retriesTheOthersAndCountsRejectedOnes() {
        sink.script(batch ->
                WriteResult.partial(List.of(new Failure(0, false, "never"), new Failure(2, true, "later")), null));
        start(() -> sink);
        append(1, 4);
        awaitWritten(3);
        assertThat(sink.numbers()).containsExactly(2L, 4L, 3L);
        assertThat(delivery.status().rejected()).isEqualTo(1);
        assertThat(drops.count(DropReason.REJECTED)).isEqualTo(1);
    }

    @Test
    void write_withAnInvalidResult_isRetried() {
        sink.script(batch -> null);
        sink.script(batch -> WriteResult.partial(List.of(new Failure(2, false, "never")), null));
        start(() -> sink);
        append(1, 2);
        awaitDelivered();
        assertThat(delivery.status().retries()).isEqualTo(2);
        assertThat(delivery.status().written()).isEqualTo(2);
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void write_withSeveralInFlight_retriesTheFailedBatchAndAllLaterOnes() {
        sink.maxInFlight = 3;
        CompletableFuture<WriteResult> held = new CompletableFuture<>();
        sink.scriptStage(held);
        append(0, 0); // appended before the cursor exists, and therefore not read
        start(() -> sink);
        append(1, 1);
        append(2, 2);
        append(3, 3);
        await().until(() -> sink.begun.get() == 3);
        append(4, 4);
        held.complete(WriteResult.retriable("again"));
        await().until(() -> sink.numbers().size() >= 6);
        assertThat(sink.numbers()).containsExactly(2L, 3L, 1L, 2L, 3L, 4L);
    }

    @Test
    void close_withTheSinkDown_endsInTimeAndCountsTheRest() {
        sink.always(WriteResult.retriable("down"));
        start(() -> sink);
        append(1, 3);
        append(4, 5);
        await().until(() -> sink.begun.get() > 0);
        log.close();
        delivery.close(time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200));
        delivery.countLeft();
        assertThat(drops.count(DropReason.SHUTDOWN)).isEqualTo(5);
        assertThat(sink.closed).isTrue();
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.CLOSED);
    }

    @Test
    void close_withAWriteThatBlocks_interruptsIt() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        start(() -> new Sink() {
            @Override
            public CompletionStage<WriteResult> write(EventBatch batch) {
                hanging.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    Thread.currentThread().interrupt();
                }
                return CompletableFuture.completedStage(WriteResult.retriable("interrupted"));
            }

            @Override
            public void close() {}
        });
        append(1, 1);
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        log.close();
        delivery.close(time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        delivery.countLeft();
        assertThat(drops.count(DropReason.SHUTDOWN)).isEqualTo(1);
    }

    @Test
    void deliver_ofAClosedLog_writesTheRestFirst() {
        start(() -> sink);
        append(1, 100);
        log.close();
        delivery.close(time.nanoTime() + TimeUnit.SECONDS.toNanos(10));
        assertThat(sink.numbers()).hasSize(100);
        assertThat(sink.closed).isTrue();
        assertThat(drops.snapshot()).isEmpty();
    }

    private void awaitWritten(long events) {
        await().until(() -> delivery.status().written() == events);
    }

    /** Returns the scripted results, then writes. */
    private static final class ScriptedSink implements Sink {
        private interface Answer {
            WriteResult to(EventBatch batch);
        }

        private final List<Event> written = new CopyOnWriteArrayList<>();
        private final List<Object> script = new ArrayList<>();
        private final AtomicInteger begun = new AtomicInteger();
        private @Nullable WriteResult always;
        private int maxInFlight = 1;
        private volatile boolean closed;

        void script(Answer answer) {
            script.add(answer);
        }

        void scriptStage(CompletableFuture<WriteResult> stage) {
            script.add(stage);
        }

        void always(WriteResult result) {
            always = result;
        }

        List<Long> numbers() {
            return written.stream().map(event -> event.id().sequence()).toList();
        }

        @Override
        public int maxInFlight() {
            return maxInFlight;
        }

        @Override
        @SuppressWarnings("unchecked")
        public CompletionStage<WriteResult> write(EventBatch batch) {
            begun.incrementAndGet();
            Object next = script.isEmpty() ? null : script.remove(0);
            if (next instanceof CompletableFuture<?> stage) {
                return (CompletableFuture<WriteResult>) stage;
            }
            WriteResult result = next instanceof Answer answer ? answer.to(batch) : WriteResult.written();
            result = always == null ? result : always;
            if (!result.isAllRetriable()) {
                List<Integer> failed =
                        result.failures().stream().map(Failure::index).toList();
                for (int i = 0; i < batch.size(); i++) {
                    if (!failed.contains(i)) {
                        written.add(batch.events().get(i));
                    }
                }
            }
            return CompletableFuture.completedStage(result);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

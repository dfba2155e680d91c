package io.webwatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import io.webwatch.status.SinkStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that fails for whole batches because of single events, or because it is down. */
class IsolationTest extends RunningDelivery {
    private final Picky sink = new Picky();

    @ParameterizedTest
    @ValueSource(longs = {1, 37, 99, 100})
    void poisonEvent_isGivenUpAndTheOthersAreWrittenOnce(long poison) {
        sink.poison.add(poison);
        start(() -> sink);
        append(1, 100);
        append(101, 120);
        awaitDelivered();
        assertThat(sink.numbers()).doesNotContain(poison).hasSize(119).doesNotHaveDuplicates();
        assertThat(drops.count(DropReason.REJECTED)).isEqualTo(1);
        assertThat(delivery.status().rejected()).isEqualTo(1);
        assertThat(delivery.status().state()).isEqualTo(SinkStatus.State.RUNNING);
    }

    @Test
    void poisonEvents_ofAnyNumber_areAllFound() {
        sink.poison.addAll(List.of(3L, 4L, 50L, 80L, 81L, 82L));
        sink.throwing = true;
        start(() -> sink);
        append(1, 100);
        awaitDelivered();
        assertThat(sink.numbers()).hasSize(94).doesNotHaveDuplicates().doesNotContainAnyElementsOf(sink.poison);
        assertThat(drops.count(DropReason.REJECTED)).isEqualTo(6);
    }

    @Test
    void poisonEvent_thatIsTheWholeBatch_waitsForProofFromTheNextOnes() {
        sink.poison.add(1L);
        start(() -> sink);
        append(1, 1);
        await().until(() -> sink.attempts > 20);
        assertThat(drops.snapshot()).isEmpty();
        append(2, 9);
        awaitDelivered();
        assertThat(sink.numbers()).hasSize(8).doesNotContain(1L);
        assertThat(drops.count(DropReason.REJECTED)).isEqualTo(1);
    }

    @Test
    void outage_ofAnyLength_givesUpNothingAndKeepsTheOrder() {
        sink.down = true;
        start(() -> sink);
        append(1, 100);
        append(101, 200);
        await().until(() -> sink.attempts > 60);
        sink.down = false;
        awaitDelivered();
        assertThat(sink.numbers())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void outage_inWhichTheServerAsksToWait_neverSplitsBatches() {
        sink.down = true;
        sink.retryAfter = Duration.ofMillis(1);
        start(() -> sink);
        append(1, 100);
        await().until(() -> sink.attempts > 40);
        sink.down = false;
        awaitDelivered();
        assertThat(sink.sizes).containsOnly(100);
    }

    @Test
    void parts_haveTheirOwnLogIds() {
        sink.poison.add(60L);
        start(() -> sink);
        append(1, 100);
        awaitDelivered();
        assertThat(sink.written).doesNotHaveDuplicates().allMatch(id -> id.startsWith("log#1#"));
    }

    /** Fails for any batch that holds a poison event. */
    private static final class Picky implements Sink {
        private final Set<Long> poison = new HashSet<>();
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final List<String> written = new CopyOnWriteArrayList<>();
        private final List<Integer> sizes = new CopyOnWriteArrayList<>();
        private boolean throwing;
        private volatile boolean down;
        private @Nullable Duration retryAfter;
        private volatile int attempts;

        List<Long> numbers() {
            return events.stream().map(event -> event.id().sequence()).toList();
        }

        @Override
        public CompletionStage<WriteResult> write(EventBatch batch) {
            attempts++;
            sizes.add(batch.size());
            boolean bad = batch.events().stream()
                    .anyMatch(event -> poison.contains(event.id().sequence()));
            if (bad && throwing) {
                throw new IllegalStateException("cannot serialise");
            }
            if (bad || down) {
                return CompletableFuture.completedStage(
                        WriteResult.retriable(down ? "down" : "no", down ? retryAfter : null));
            }
            events.addAll(batch.events());
            written.add(batch.log() + "#" + batch.position());
            return CompletableFuture.completedStage(WriteResult.written());
        }

        @Override
        public void close() {}
    }
}

package io.webwatch.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lost wake-up would leave the consumer parked for ever, and fails a test by its timeout. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SubmissionRingAwaitTest {
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final SubmissionRing<Sized<Integer>> ring = Sized.ring(64, 1000);

    @AfterEach
    void stop() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void await_withEnoughElements_returnsImmediately() {
        ring.offer(new Sized<>(1, 1));
        ring.offer(new Sized<>(2, 1));
        assertThat(ring.await(2, FOR_EVER)).isTrue();
        assertThat(ring.await(1, 0)).isTrue();
    }

    @Test
    void await_onAnEmptyRing_returnsWhenTheTimeElapsed() {
        long start = System.nanoTime();
        assertThat(ring.await(1, TimeUnit.MILLISECONDS.toNanos(20))).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(ring.await(1, 0)).isFalse();
        assertThat(ring.await(1, -1)).isFalse();
    }

    @Test
    void await_isWokenByTheOfferThatReachesTheCount_andNoneBefore() throws Exception {
        Sleeper sleeper = new Sleeper(3, FOR_EVER);
        sleeper.awaitParked();
        ring.offer(new Sized<>(1, 1));
        ring.offer(new Sized<>(2, 1));
        assertThat(sleeper.result.isDone()).isFalse();
        assertThat(sleeper.isParked()).isTrue();
        ring.offer(new Sized<>(3, 1));
        assertThat(sleeper.result.get()).isTrue();
    }

    @Test
    void await_forMoreThanTheCapacity_isWokenByAFullRing() throws Exception {
        Sleeper sleeper = new Sleeper(1_000_000, FOR_EVER);
        sleeper.awaitParked();
        while (ring.size() < ring.capacity()) {
            ring.offer(new Sized<>(1, 0));
        }
        assertThat(sleeper.result.get()).isTrue();
    }

    @Test
    void await_isWokenByARefusalForLackOfBytes() throws Exception {
        Sleeper sleeper = new Sleeper(10, FOR_EVER);
        sleeper.awaitParked();
        assertThat(ring.offer(new Sized<>(1, 600))).isEqualTo(Offer.ACCEPTED);
        assertThat(sleeper.isParked()).isTrue();
        assertThat(ring.offer(new Sized<>(1, 600))).isEqualTo(Offer.FULL);
        assertThat(sleeper.result.get()).isTrue();
    }

    @Test
    void await_isNotWokenByAnElementThatNeverFits() throws Exception {
        Sleeper sleeper = new Sleeper(1, FOR_EVER);
        sleeper.awaitParked();
        assertThat(ring.offer(new Sized<>(1, 1001))).isEqualTo(Offer.FULL);
        assertThat(sleeper.isParked()).isTrue();
        assertThat(sleeper.result.isDone()).isFalse();
        ring.offer(new Sized<>(1, 1));
        assertThat(sleeper.result.get()).isTrue();
    }

    @Test
    void await_isWokenByClose() throws Exception {
        Sleeper sleeper = new Sleeper(10, FOR_EVER);
        sleeper.awaitParked();
        ring.close();
        assertThat(sleeper.result.get()).isTrue();
        assertThat(ring.await(10, FOR_EVER)).isTrue();
    }

    @Test
    void await_returnsOnInterrupt_andKeepsTheFlag() throws Exception {
        Sleeper sleeper = new Sleeper(1, FOR_EVER);
        sleeper.awaitParked();
        sleeper.thread.interrupt();
        assertThat(sleeper.result.get()).isFalse();
        assertThat(sleeper.interrupted).isTrue();
    }

    @Test
    void await_isNotEndedByASpuriousUnpark() throws Exception {
        Sleeper sleeper = new Sleeper(1, FOR_EVER);
        for (int i = 0; i < 100; i++) {
            sleeper.awaitParked();
            LockSupport.unpark(sleeper.thread);
        }
        assertThat(sleeper.result.isDone()).isFalse();
        ring.offer(new Sized<>(1, 1));
        assertThat(sleeper.result.get()).isTrue();
    }

    @Test
    void await_afterATimeout_isWokenAgain() throws Exception {
        assertThat(ring.await(2, 1)).isFalse();
        ring.offer(new Sized<>(1, 1));
        assertThat(ring.await(2, 1)).isFalse();
        Sleeper sleeper = new Sleeper(2, FOR_EVER);
        sleeper.awaitParked();
        ring.offer(new Sized<>(2, 1));
        assertThat(sleeper.result.get()).isTrue();
    }

    @Test
    void wakeUps_areNeverLost_betweenOneProducerAndAParkingConsumer() throws Exception {
        pingPong(1, 20_000);
    }

    @Test
    void wakeUps_areNeverLost_whenSeveralProducersReachTheCountTogether() throws Exception {
        pingPong(3, 5_000);
    }

    @Test
    void wakeUps_areNeverLost_whenWaitsAlsoTimeOut() throws Exception {
        int count = 50_000;
        Future<?> producer = pool.submit(() -> {
            for (int i = 0; i < count; i++) {
                while (ring.offer(new Sized<>(i, 1)) != Offer.ACCEPTED) {
                    Thread.yield();
                }
            }
        });
        AtomicInteger next = new AtomicInteger();
        for (int round = 0; next.get() < count; round++) {
            ring.await(1 + round % 5, round % 3 * 1_000L);
            ring.drain(element -> assertThat(element.value()).isEqualTo(next.getAndIncrement()), 7);
        }
        producer.get();
    }

    /** A consumer that falls asleep and wakes up changes the word that a producer has just read, and restores it. */
    @Test
    void bounds_hold_whenTheConsumerFallsAsleepDuringAnOffer() throws Exception {
        int count = 2_000_000;
        SubmissionRing<Sized<Integer>> small = Sized.ring(4, 1_000_000);
        Future<?> producer = pool.submit(() -> {
            for (int i = 0; i < count; i++) {
                while (small.offer(new Sized<>(i, 1)) != Offer.ACCEPTED) {
                    Thread.onSpinWait();
                }
            }
        });
        AtomicInteger next = new AtomicInteger();
        while (next.get() < count) {
            small.await(4, 1);
            small.drain(element -> assertThat(element.value()).isEqualTo(next.getAndIncrement()), 4);
            assertThat(small.size()).isLessThanOrEqualTo(4);
        }
        producer.get();
    }

    @Test
    void wakeUps_areNeverLost_whenCloseRacesWithParking() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            SubmissionRing<Sized<Integer>> shortLived = Sized.ring(4, 100);
            CyclicBarrier start = new CyclicBarrier(2);
            Future<?> closer = pool.submit(() -> {
                start.await();
                shortLived.close();
                return null;
            });
            start.await();
            assertThat(shortLived.await(2, FOR_EVER)).isTrue();
            closer.get();
        }
    }

    /** In every round, the producers together offer exactly what the consumer waits for, without a time limit. */
    private void pingPong(int producers, int rounds) throws Exception {
        CyclicBarrier round = new CyclicBarrier(producers + 1);
        List<Future<?>> running = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            running.add(pool.submit(() -> {
                for (int i = 0; i < rounds; i++) {
                    round.await();
                    assertThat(ring.offer(new Sized<>(i, 1))).isEqualTo(Offer.ACCEPTED);
                }
                return null;
            }));
        }
        for (int i = 0; i < rounds; i++) {
            int expected = i;
            round.await();
            int seen = 0;
            while (seen < producers) {
                assertThat(ring.await(producers - seen, FOR_EVER)).isTrue();
                int n = ring.drain(element -> assertThat(element.value()).isEqualTo(expected), 100);
                assertThat(n).isPositive();
                seen += n;
            }
        }
        for (Future<?> producer : running) {
            producer.get();
        }
    }

    /** A consumer in another thread. */
    private final class Sleeper {
        private final Thread thread;
        private final CompletableFuture<Boolean> result = new CompletableFuture<>();
        private volatile boolean interrupted;

        Sleeper(int elements, long nanos) {
            thread = new Thread(() -> {
                boolean answer = ring.await(elements, nanos);
                interrupted = Thread.currentThread().isInterrupted();
                result.complete(answer);
            });
            thread.setDaemon(true);
            thread.start();
        }

        boolean isParked() {
            return LockSupport.getBlocker(thread) == ring;
        }

        void awaitParked() {
            while (!isParked()) {
                assertThat(result.isDone()).isFalse();
                Thread.onSpinWait();
            }
        }
    }
}

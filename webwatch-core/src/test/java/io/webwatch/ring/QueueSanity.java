package io.webwatch.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requirements of any bounded queue of many producers and one consumer. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class QueueSanity {
    abstract BoundedQueue queue(int capacity);

    @Test
    void drain_passesElementsInTheOrderOfAcceptance() {
        BoundedQueue queue = queue(8);
        for (int i = 0; i < 5; i++) {
            assertThat(queue.offer(i)).isTrue();
        }
        assertThat(drained(queue, 100)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void drain_ofAnEmptyQueue_returnsZero() {
        BoundedQueue queue = queue(8);
        assertThat(drained(queue, 10)).isEmpty();
        queue.offer(1);
        drained(queue, 10);
        assertThat(drained(queue, 10)).isEmpty();
    }

    @Test
    void drain_stopsAtTheLimit_andLeavesTheRest() {
        BoundedQueue queue = queue(8);
        for (int i = 0; i < 6; i++) {
            queue.offer(i);
        }
        assertThat(drained(queue, 0)).isEmpty();
        assertThat(drained(queue, 4)).containsExactly(0, 1, 2, 3);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(drained(queue, 4)).containsExactly(4, 5);
    }

    @Test
    void capacity_isRoundedUpToAPowerOfTwo() {
        assertThat(queue(2).capacity()).isEqualTo(2);
        assertThat(queue(3).capacity()).isEqualTo(4);
        assertThat(queue(1000).capacity()).isEqualTo(1024);
        assertThat(queue(1024).capacity()).isEqualTo(1024);
    }

    @Test
    void offer_toAFullQueue_isRefusedUntilOneIsDrained() {
        BoundedQueue queue = queue(4);
        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer(i)).isTrue();
        }
        assertThat(queue.offer(4)).isFalse();
        assertThat(queue.size()).isEqualTo(4);
        assertThat(drained(queue, 1)).containsExactly(0);
        assertThat(queue.offer(5)).isTrue();
        assertThat(queue.offer(6)).isFalse();
        assertThat(drained(queue, 10)).containsExactly(1, 2, 3, 5);
    }

    @Test
    void offer_ofNull_throws() {
        assertThatThrownBy(() -> queue(4).offer(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void queue_keepsOrderOverManyLaps() {
        BoundedQueue queue = queue(8);
        int next = 0;
        int seen = 0;
        for (int round = 0; round < 10_000; round++) {
            for (int i = 0; i <= round % 8; i++) {
                assertThat(queue.offer(next++)).isTrue();
            }
            for (int element : drained(queue, 100)) {
                assertThat(element).isEqualTo(seen++);
            }
        }
        assertThat(seen).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "2, 8", "3, 64", "4, 4096"})
    void queue_underManyProducers_losesAndRepeatsNothing(int producers, int capacity) throws Exception {
        int each = 200_000;
        BoundedQueue queue = queue(capacity);
        ExecutorService pool = Executors.newFixedThreadPool(producers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                int offset = p * each;
                running.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        while (!queue.offer(offset + i)) {
                            Thread.yield();
                        }
                    }
                }));
            }
            int[] next = new int[producers];
            AtomicInteger largest = new AtomicInteger();
            for (int total = 0; total < producers * each; ) {
                largest.accumulateAndGet(queue.size(), Math::max);
                int n = queue.drain(element -> assertThat(element % each).isEqualTo(next[element / each]++), 100);
                if (n == 0) {
                    Thread.yield();
                }
                total += n;
            }
            for (Future<?> producer : running) {
                producer.get(10, TimeUnit.SECONDS);
            }
            assertThat(next).containsOnly(each);
            assertThat(largest).hasValueLessThanOrEqualTo(queue.capacity());
            assertThat(queue.size()).isZero();
            assertThat(drained(queue, 10)).isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }

    static List<Integer> drained(BoundedQueue queue, int limit) {
        List<Integer> elements = new ArrayList<>();
        assertThat(queue.drain(elements::add, limit)).isEqualTo(elements.size());
        return elements;
    }
}

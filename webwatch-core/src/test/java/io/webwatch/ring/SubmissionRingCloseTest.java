package io.webwatch.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SubmissionRingCloseTest {
    private static final int PRODUCERS = 3;

    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void close_duringOffers_keepsExactlyTheAcceptedElements() throws Exception {
        for (int round = 0; round < 1_000; round++) {
            SubmissionRing<Sized<Integer>> ring = Sized.ring(16, 40);
            CyclicBarrier start = new CyclicBarrier(PRODUCERS + 1);
            List<Future<Integer>> accepted = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                int producer = p;
                accepted.add(pool.submit(() -> {
                    start.await();
                    return offerUntilClosed(ring, producer);
                }));
            }
            int closeAfter = round % 200;
            int[] next = new int[PRODUCERS];
            int seen = 0;
            start.await();
            while (!ring.isDrained()) {
                if (seen >= closeAfter) {
                    ring.close();
                }
                ring.await(1, Long.MAX_VALUE);
                seen += ring.drain(
                        element ->
                                assertThat(element.value() / PRODUCERS).isEqualTo(next[element.value() % PRODUCERS]++),
                        10);
            }
            for (int p = 0; p < PRODUCERS; p++) {
                assertThat(next[p])
                        .as("handed over of producer %d", p)
                        .isEqualTo(accepted.get(p).get());
            }
            assertThat(ring.drain(element -> {}, 10)).isZero();
            assertThat(ring.isDrained()).isTrue();
        }
    }

    @Test
    void afterClose_noOfferIsAccepted() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            SubmissionRing<Sized<Integer>> ring = Sized.ring(1024, 100_000);
            CyclicBarrier start = new CyclicBarrier(2);
            Future<Integer> accepted = pool.submit(() -> {
                start.await();
                return offerUntilClosed(ring, 0);
            });
            start.await();
            ring.close();
            int atClose = ring.size();
            assertThat(accepted.get()).isEqualTo(atClose);
            assertThat(ring.size()).isEqualTo(atClose);
        }
    }

    private static int offerUntilClosed(SubmissionRing<Sized<Integer>> ring, int producer) {
        int accepted = 0;
        while (true) {
            Offer offer = ring.offer(new Sized<>(accepted * PRODUCERS + producer, 1 + accepted % 5));
            if (offer == Offer.CLOSED) {
                return accepted;
            }
            if (offer == Offer.ACCEPTED) {
                accepted++;
            } else {
                Thread.yield();
            }
        }
    }
}

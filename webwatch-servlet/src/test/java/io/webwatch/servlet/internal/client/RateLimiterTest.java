package io.webwatch.servlet.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void burst_isTakenAndThenTheRate() {
        RateLimiter limiter = new RateLimiter(2, 20, 64);
        for (int i = 0; i < 20; i++) {
            assertThat(limiter.tryAcquire("203.0.113.7", SECOND)).isZero();
        }
        assertThat(limiter.tryAcquire("203.0.113.7", SECOND)).isEqualTo(SECOND / 2);
        assertThat(limiter.tryAcquire("203.0.113.7", SECOND + SECOND / 4)).isEqualTo(SECOND / 4);
        assertThat(limiter.tryAcquire("203.0.113.7", SECOND + SECOND / 2)).isZero();
        assertThat(limiter.tryAcquire("203.0.113.7", SECOND + SECOND / 2)).isPositive();
        assertThat(limiter.tryAcquire("203.0.113.7", 100 * SECOND)).isZero();
    }

    @Test
    void addresses_doNotDisturbEachOther() {
        RateLimiter limiter = new RateLimiter(1, 1, 4_096);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.tryAcquire("10.1." + i / 250 + "." + i % 250, SECOND))
                    .isZero();
        }
    }

    @Test
    void ipv6_countsByItsNetwork() {
        RateLimiter limiter = new RateLimiter(1, 1, 64);
        assertThat(limiter.tryAcquire("2001:db8:0:1::1", SECOND)).isZero();
        assertThat(limiter.tryAcquire("2001:db8:0:1:ffff::2", SECOND)).isPositive();
        assertThat(limiter.tryAcquire("2001:db8:0:2::1", SECOND)).isZero();
    }

    @Test
    void mappedIpv4_isTheSameClient() {
        RateLimiter limiter = new RateLimiter(1, 1, 64);
        assertThat(limiter.tryAcquire("203.0.113.7", SECOND)).isZero();
        assertThat(limiter.tryAcquire("::ffff:203.0.113.7", SECOND)).isPositive();
    }

    @Test
    void look_takesNothing() {
        RateLimiter limiter = new RateLimiter(1, 2, 64);
        assertThat(limiter.waitFor("203.0.113.7", SECOND)).isZero();
        limiter.tryAcquire("203.0.113.7", SECOND);
        assertThat(limiter.waitFor("203.0.113.7", SECOND)).isZero();
        limiter.tryAcquire("203.0.113.7", SECOND);
        assertThat(limiter.waitFor("203.0.113.7", SECOND)).isEqualTo(SECOND);
        assertThat(limiter.waitFor("203.0.113.7", SECOND)).isEqualTo(SECOND);
    }

    @Test
    void floodOfAddresses_forgetsButKeepsWorking() {
        RateLimiter limiter = new RateLimiter(1, 10, 64);
        for (int i = 0; i < 100_000; i++) {
            limiter.tryAcquire((i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255) + ".9", SECOND);
        }
        for (int i = 0; i < 10; i++) {
            limiter.tryAcquire("203.0.113.7", SECOND);
        }
        assertThat(limiter.tryAcquire("203.0.113.7", SECOND)).isPositive();
    }

    @Test
    void concurrentRequests_takeNoMoreThanTheBurst() throws InterruptedException {
        RateLimiter limiter = new RateLimiter(1, 1_000, 64);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        Thread[] threads = new Thread[4];
        limiter.tryAcquire("203.0.113.7", SECOND);
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < 1_000; i++) {
                    if (limiter.tryAcquire("203.0.113.7", SECOND) == 0) {
                        taken.incrementAndGet();
                    }
                }
            });
            threads[t].start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(taken).hasValue(999);
    }
}

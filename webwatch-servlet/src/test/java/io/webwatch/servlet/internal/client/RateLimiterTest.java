package io.webwatch.servlet.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.fixture.ManualTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final String CLIENT = "203.0.113.7";
    private static final long SECOND = 1_000_000_000L;

    private final ManualTime time = new ManualTime();

    private RateLimiter limiter(double perSecond, int burst, int addresses) {
        return new RateLimiter(perSecond, burst, addresses, time);
    }

    @Test
    void burst_isFollowedByTheRate() {
        RateLimiter limiter = limiter(2, 20, 64);
        for (int i = 0; i < 20; i++) {
            assertThat(limiter.tryAcquire(CLIENT)).isZero();
        }
        assertThat(limiter.tryAcquire(CLIENT)).isEqualTo(SECOND / 2);
        time.advance(Duration.ofMillis(250));
        assertThat(limiter.tryAcquire(CLIENT)).isEqualTo(SECOND / 4);
        time.advance(Duration.ofMillis(250));
        assertThat(limiter.tryAcquire(CLIENT)).isZero();
        assertThat(limiter.tryAcquire(CLIENT)).isPositive();
        time.advance(Duration.ofSeconds(100));
        assertThat(limiter.tryAcquire(CLIENT)).isZero();
    }

    @Test
    void addresses_haveSeparateBuckets() {
        RateLimiter limiter = limiter(1, 1, 4_096);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.tryAcquire("10.1." + i / 250 + "." + i % 250)).isZero();
        }
    }

    @Test
    void ipv6_isLimitedByNetwork() {
        RateLimiter limiter = limiter(1, 1, 64);
        assertThat(limiter.tryAcquire("2001:db8:0:1::1")).isZero();
        assertThat(limiter.tryAcquire("2001:db8:0:1:ffff::2")).isPositive();
        assertThat(limiter.tryAcquire("2001:db8:0:2::1")).isZero();
    }

    @Test
    void mappedIpv4_isTheSameClient() {
        RateLimiter limiter = limiter(1, 1, 64);
        assertThat(limiter.tryAcquire(CLIENT)).isZero();
        assertThat(limiter.tryAcquire("::ffff:" + CLIENT)).isPositive();
    }

    @Test
    void waitFor_takesNothing() {
        RateLimiter limiter = limiter(1, 2, 64);
        assertThat(limiter.waitFor(CLIENT)).isZero();
        limiter.tryAcquire(CLIENT);
        assertThat(limiter.waitFor(CLIENT)).isZero();
        limiter.tryAcquire(CLIENT);
        assertThat(limiter.waitFor(CLIENT)).isEqualTo(SECOND);
        assertThat(limiter.waitFor(CLIENT)).isEqualTo(SECOND);
        time.advance(Duration.ofSeconds(1));
        assertThat(limiter.waitFor(CLIENT)).isZero();
    }

    @Test
    void floodOfAddresses_doesNotStopTheLimit() {
        RateLimiter limiter = limiter(1, 10, 64);
        for (int i = 0; i < 100_000; i++) {
            limiter.tryAcquire((i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255) + ".9");
        }
        for (int i = 0; i < 10; i++) {
            limiter.tryAcquire(CLIENT);
        }
        assertThat(limiter.tryAcquire(CLIENT)).isPositive();
    }

    @Test
    void concurrentRequests_takeExactlyTheBurst() throws InterruptedException {
        RateLimiter limiter = limiter(1, 1_000, 64);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        Thread[] threads = new Thread[4];
        limiter.tryAcquire(CLIENT);
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < 1_000; i++) {
                    if (limiter.tryAcquire(CLIENT) == 0) {
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

    @Test
    void retryAfter_roundsUpAndIsAtMostAnHour() {
        assertThat(RateLimiter.retryAfter(1)).isEqualTo(1);
        assertThat(RateLimiter.retryAfter(SECOND / 2)).isEqualTo(1);
        assertThat(RateLimiter.retryAfter(3 * SECOND)).isEqualTo(4);
        assertThat(RateLimiter.retryAfter(Long.MAX_VALUE)).isEqualTo(3_600);
    }
}

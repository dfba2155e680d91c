package io.webwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @Test
    void nextMillis_afterEachFailure_doublesWithJitterUpToTheMaximum() {
        for (long bound = 100; bound < 10_000; bound *= 2) {
            assertThat(backoff.nextMillis(null)).isBetween(bound / 2, bound);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.nextMillis(null)).isBetween(5_000L, 10_000L);
        }
    }

    @Test
    void reset_afterASuccess_startsAgain() {
        backoff.nextMillis(null);
        backoff.nextMillis(null);
        backoff.reset();
        assertThat(backoff.nextMillis(null)).isBetween(50L, 100L);
    }

    @Test
    void nextMillis_withALongerRetryAfter_returnsIt() {
        assertThat(backoff.nextMillis(Duration.ofSeconds(42))).isEqualTo(42_000);
    }
}

package io.webwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.fixture.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private static final String SENTENCE =
            "The thread webwatch-batcher failed %s since start: java.lang.OutOfMemoryError: full. It was restarted.";

    private final ManualTime time = new ManualTime();
    private final List<String> log = new ArrayList<>();
    private final ThreadFailures failures = new ThreadFailures(time, (sentence, failure) -> log.add(sentence));
    private final ThreadFailures.OfThread batcher = failures.of("webwatch-batcher", "It was restarted.");

    @Test
    void firstFailure_isLoggedAtOnceAndFurtherOnesOncePerMinute() {
        fail();
        fail();
        time.advance(Duration.ofSeconds(59));
        fail();
        assertThat(log).containsExactly(SENTENCE.formatted("1 time"));

        time.advance(Duration.ofSeconds(1));
        fail();
        assertThat(log).containsExactly(SENTENCE.formatted("1 time"), SENTENCE.formatted("4 times"));
    }

    @Test
    void counts_containAllThreads() {
        failures.of("webwatch-journal", "It was restarted.");
        fail();
        fail();
        assertThat(failures.counts()).isEqualTo(Map.of("webwatch-batcher", 2L, "webwatch-journal", 0L));
    }

    @Test
    void warning_endsAnHourAfterTheLastFailure() {
        assertThat(failures.warnings()).isEmpty();
        fail();
        time.advance(Duration.ofMinutes(30));
        fail();
        time.advance(Duration.ofMinutes(60));
        assertThat(failures.warnings()).containsExactly(SENTENCE.formatted("2 times"));

        time.advance(Duration.ofMillis(1));
        assertThat(failures.warnings()).isEmpty();
        assertThat(batcher.count()).isEqualTo(2);
    }

    @Test
    void messageOfAnException_isNotInTheWarning() {
        batcher.add(new IllegalStateException("/account?token=secret"));
        assertThat(failures.warnings())
                .containsExactly("The thread webwatch-batcher failed 1 time since start:"
                        + " java.lang.IllegalStateException. It was restarted.");
    }

    @Test
    void failureThatCannotBeLogged_isCounted() {
        ThreadFailures unlogged = new ThreadFailures(time, (sentence, failure) -> {
            throw new OutOfMemoryError();
        });
        unlogged.of("webwatch-batcher", "").add(new OutOfMemoryError());
        assertThat(unlogged.counts()).containsEntry("webwatch-batcher", 1L);
    }

    private void fail() {
        batcher.add(new OutOfMemoryError("full"));
    }
}

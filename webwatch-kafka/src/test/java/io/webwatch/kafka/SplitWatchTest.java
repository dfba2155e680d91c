package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitWatchTest {
    private final SplitWatch watch = new SplitWatch();

    @Test
    void splitsWithoutAnOutcome_areInVainAtTheSecondCheck() {
        assertThat(watch.isInVain(0, 7)).isFalse();
        assertThat(watch.isInVain(30, 7)).isFalse();
        assertThat(watch.isInVain(60, 7)).isTrue();
    }

    @Test
    void splitsWithOutcomes_areNotInVain() {
        assertThat(watch.isInVain(30, 1)).isFalse();
        assertThat(watch.isInVain(60, 2)).isFalse();
        assertThat(watch.isInVain(90, 3)).isFalse();
        assertThat(watch.isInVain(120, 3)).isFalse();
        assertThat(watch.isInVain(120, 3)).as("no batch was split").isFalse();
        assertThat(watch.isInVain(150, 3)).isFalse();
    }

    @Test
    void reset_startsOver() {
        watch.isInVain(0, 7);
        watch.isInVain(30, 7);
        watch.reset();
        assertThat(watch.isInVain(10, 7)).isFalse();
        assertThat(watch.isInVain(20, 7)).isTrue();
    }
}

package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitWatchTest {
    private final SplitWatch watch = new SplitWatch();

    @Test
    void splittingWithoutAnOutcome_isInVainAtTheSecondLook() {
        assertThat(watch.isInVain(0, 7)).isFalse();
        assertThat(watch.isInVain(30, 7)).isFalse();
        assertThat(watch.isInVain(60, 7)).isTrue();
    }

    @Test
    void splittingWithOutcomes_isNotInVain() {
        assertThat(watch.isInVain(30, 1)).isFalse();
        assertThat(watch.isInVain(60, 2)).isFalse();
        assertThat(watch.isInVain(90, 3)).isFalse();
        assertThat(watch.isInVain(120, 3)).isFalse();
        assertThat(watch.isInVain(120, 3)).as("it waits, and splits nothing").isFalse();
        assertThat(watch.isInVain(150, 3)).isFalse();
    }

    @Test
    void newProducer_isWatchedAnew() {
        watch.isInVain(0, 7);
        watch.isInVain(30, 7);
        watch.reset();
        assertThat(watch.isInVain(10, 7)).isFalse();
        assertThat(watch.isInVain(20, 7)).isTrue();
    }
}

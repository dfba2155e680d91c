package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.sink.EventBatch;
import io.webwatch.test.SampleEvents;
import org.junit.jupiter.api.Test;

class HaltTest {
    private final Halt halt = new Halt(3);

    private static EventBatch batch(String log, long position) {
        return new EventBatch(log, position, SampleEvents.range(position, 1), 100);
    }

    @Test
    void laterBatch_waitsForTheFailedOne() {
        halt.at(batch("log", 5));
        assertThat(halt.passes(batch("log", 6))).isFalse();
        assertThat(halt.passes(batch("log", 7))).isFalse();
        assertThat(halt.passes(batch("log", 5))).isTrue();
        assertThat(halt.passes(batch("log", 6))).isTrue();
    }

    @Test
    void earliestFailure_counts() {
        halt.at(batch("log", 5));
        halt.at(batch("log", 4));
        halt.at(batch("log", 6));
        assertThat(halt.passes(batch("log", 5))).isFalse();
        assertThat(halt.passes(batch("log", 4))).isTrue();
        assertThat(halt.passes(batch("log", 5))).isTrue();
    }

    @Test
    void callerThatSkipsTheFailedBatch_isNotHaltedForever() {
        halt.at(batch("log", 5));
        assertThat(halt.passes(batch("log", 6))).isFalse();
        assertThat(halt.passes(batch("log", 7))).isFalse();
        assertThat(halt.passes(batch("log", 8))).isFalse();
        assertThat(halt.passes(batch("log", 9))).isTrue();
    }

    @Test
    void otherLog_passes() {
        halt.at(batch("log", 5));
        assertThat(halt.passes(batch("other", 6))).isTrue();
        assertThat(halt.passes(batch("log", 6))).isTrue();
    }

    @Test
    void laterBatch_isAheadUntilTheFailedOneIsRepeated() {
        halt.at(batch("log", 5));
        assertThat(halt.isAhead(batch("log", 6))).isTrue();
        assertThat(halt.isAhead(batch("log", 5))).isFalse();
        assertThat(halt.isAhead(batch("other", 6))).isFalse();
        halt.passes(batch("log", 5));
        assertThat(halt.isAhead(batch("log", 6))).isFalse();
    }
}

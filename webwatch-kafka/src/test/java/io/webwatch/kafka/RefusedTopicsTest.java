package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.fixture.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusedTopicsTest {
    private final ManualTime time = new ManualTime();
    private final RefusedTopics refused = new RefusedTopics(time);

    @Test
    void refusedTopic_isRememberedForAWhile() {
        refused.add("forbidden", "not permitted");
        time.advance(RefusedTopics.REMEMBERED);
        assertThat(refused.reason("forbidden")).isEqualTo("not permitted");

        time.advance(Duration.ofNanos(1));
        assertThat(refused.reason("forbidden")).isNull();
    }

    @Test
    void repeatedRefusal_isRememberedFromTheLastOne() {
        refused.add("forbidden", "first");
        time.advance(RefusedTopics.REMEMBERED);
        refused.add("forbidden", "second");
        time.advance(RefusedTopics.REMEMBERED);

        assertThat(refused.reason("forbidden")).isEqualTo("second");
    }

    @Test
    void otherTopic_mayBeTried() {
        refused.add("forbidden", "not permitted");

        assertThat(refused.reason("permitted")).isNull();
    }
}

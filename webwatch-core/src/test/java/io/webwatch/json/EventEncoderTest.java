package io.webwatch.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Custom;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import io.webwatch.event.Hover;
import io.webwatch.fixture.EventSamples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The encoder writes what Jackson writes, byte for byte, however events follow one another. */
class EventEncoderTest {
    private final EventEncoder encoder = new EventEncoder();

    private static byte[] byJackson(Event event) {
        return JacksonWriter.bytes(event);
    }

    @ParameterizedTest
    @EnumSource
    void everyType_isWhatJacksonWrites(EventType type) {
        Event event = EventSamples.of(type);
        assertThat(encoder.encode(event)).isEqualTo(byJackson(event));
        assertThat(encoder.encode(event)).isEqualTo(byJackson(event)); // from the cached context
    }

    @Property
    void anyTextAndNumber_isWhatJacksonWrites(
            @ForAll String text, @ForAll String name, @ForAll long integer, @ForAll double decimal) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("t" + name, text);
        properties.put("l" + name, integer);
        properties.put("d" + name, Double.isFinite(decimal) ? decimal : 0.1);
        Event event =
                new Event(new EventId(text, integer), integer, -integer, context(text), new Custom(text, properties));
        assertThat(encoder.encode(event)).isEqualTo(byJackson(event));
    }

    @Test
    void extremes_areWhatJacksonWrites() {
        for (long number : new long[] {0, 1, -1, 9, 10, -10, Long.MAX_VALUE, Long.MIN_VALUE}) {
            Event event = new Event(
                    new EventId("p", number), number, number, context("x"), new Engagement(number, 0, -1, 100));
            assertThat(encoder.encode(event)).isEqualTo(byJackson(event));
        }
    }

    @Test
    void otherContext_isNotConfusedWithTheLastOne() {
        for (String text : List.of("a", "b", "b", "a")) {
            Event event = new Event(new EventId("p", 1), 1, 1, context(text), new Hover(text, 1));
            assertThat(encoder.encode(event)).isEqualTo(byJackson(event));
        }
    }

    @Test
    void largeText_isWrittenWholeAndDoesNotAffectTheNextEvent() {
        Event large =
                new Event(new EventId("p", 1), 1, 1, context("x"), new Custom("\u0001é😀\"".repeat(50_000), Map.of()));
        assertThat(encoder.encode(large)).isEqualTo(byJackson(large));
        Event small = EventSamples.of(EventType.CLICK);
        assertThat(encoder.encode(small)).isEqualTo(byJackson(small));
    }

    @Test
    void moreNamesThanAreCached_areWritten() {
        for (int i = 0; i < 2000; i++) {
            Event event = new Event(new EventId("p", i), i, i, context("x"), new Custom("n", Map.of("name \"" + i, i)));
            assertThat(encoder.encode(event)).isEqualTo(byJackson(event));
        }
    }

    private static EventContext context(String text) {
        EventContext sample = EventSamples.context();
        return new EventContext(
                text,
                text,
                text,
                text,
                new EventContext.Page(text, null, text, text, text, null),
                sample.acquisition(),
                sample.client(),
                sample.location(),
                null);
    }
}

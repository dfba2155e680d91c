package io.webwatch.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import io.webwatch.event.Hover;
import io.webwatch.fixture.EventSamples;
import io.webwatch.fixture.RandomEvents;
import io.webwatch.journal.EventBinary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events are read back from binary and JSON as they were written. */
class EventRoundTripTest {
    @Property(tries = 500)
    void binary_ofAnyEvents_isReadBackExactly(@ForAll long seed, @ForAll @IntRange(max = 60) int size)
            throws IOException {
        List<Event> events = new RandomEvents(seed, true).batch(size);

        assertThat(EventBinary.decode(EventBinary.encode(events))).isEqualTo(events);
    }

    @Property(tries = 500)
    void json_ofAnyWellFormedEvent_isReadBackExactly(@ForAll long seed) throws IOException {
        for (Event event : new RandomEvents(seed, false).batch(3)) {
            assertThat(EventJson.read(EventJson.bytes(event))).isEqualTo(event);
        }
    }

    @Property(tries = 500)
    void binary_ofAnyOtherBytes_throwsOnlyIoExceptions(@ForAll byte[] bytes) {
        assertThatCode(() -> EventBinary.decode(bytes))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        thrown -> assertThat(thrown).isInstanceOf(IOException.class));
    }

    @Property(tries = 300)
    void binary_withAWrongByte_throwsOnlyIoExceptions(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = EventBinary.encode(new RandomEvents(seed, true).batch(5));
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        assertThatCode(() -> EventBinary.decode(bytes))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        thrown -> assertThat(thrown).isInstanceOf(IOException.class));
    }

    @ParameterizedTest
    @EnumSource
    void everyType_isReadBackFromBoth(EventType type) throws IOException {
        Event event = EventSamples.of(type);

        assertThat(EventBinary.decode(EventBinary.encode(List.of(event)))).containsExactly(event);
        assertThat(EventJson.read(EventJson.bytes(event))).isEqualTo(event);
    }

    @Test
    void binary_ofEventsOfOnePage_sharesTheirContext() throws IOException {
        List<Event> events = new ArrayList<>();
        EventContext context = EventSamples.context();
        for (int i = 0; i < 100; i++) {
            events.add(new Event(new EventId("p", i), i, i, context, new Hover("#a", 5)));
        }
        byte[] bytes = EventBinary.encode(events);

        assertThat(bytes).hasSizeLessThan(2_000);
        List<Event> back = EventBinary.decode(bytes);
        assertThat(back.get(99).context()).isSameAs(back.get(0).context());
    }

    @Test
    void json_withoutARequiredAttribute_isRefusedWithItsName() {
        byte[] json = "{\"id\":\"p.1\",\"type\":\"click\",\"time\":1}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EventJson.read(json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("time_ns");
    }

    @Test
    void json_withMembersInAnotherOrderAndMoreOfThem_isRead() throws IOException {
        Event event = EventSamples.with(new Hover("#buy", 640));
        String json = new String(EventJson.bytes(event), StandardCharsets.UTF_8);
        String other =
                "{\"note\":[{\"a\":null}],\"hover_ms\":640," + json.substring(1).replace(",\"hover_ms\":640", "");

        assertThat(EventJson.read(other.getBytes(StandardCharsets.UTF_8))).isEqualTo(event);
    }
}

package io.webwatch.test;

import static io.webwatch.test.WebWatchAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.event.Session;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/** True assertions pass; false ones fail with a message that shows the events. */
class WebWatchAssertionsTest {
    private static final Event CLICK = SampleEvents.of(1, EventType.CLICK, "buy");
    private static final Event CUSTOM = SampleEvents.of(2, EventType.CUSTOM, "buy");

    private static EventsAssert both() {
        RecordedEvents recorded = new RecordedEvents();
        recorded.add(CLICK);
        recorded.add(CUSTOM);
        return assertThat(recorded);
    }

    @Test
    void trueAssertion_passes() {
        both().hasSize(2).hasTypes(EventType.CLICK, EventType.CUSTOM).isNotEmpty();
        both().ofType(EventType.CLICK)
                .single()
                .hasAttribute("x", 512)
                .hasAttribute("outbound", true)
                .hasAttribute("box", Map.of("x", 1L, "y", -2L, "width", 300L, "height", 40L))
                .hasPath("/buy")
                .hasUser("buy")
                .hasData(
                        Click.class,
                        click -> Assertions.assertThat(click.rage()).isTrue());
        both().last().isNamed("buy").hasProperty("count", Long.MAX_VALUE).hasProperty("price", 9.5);
        both().where("that do not exist", event -> false).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void falseAssertion_failsAndShowsTheEvents(Runnable assertion) {
        assertThatThrownBy(assertion::run)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("Expected")
                .hasMessageContaining("sample-");
    }

    static List<Runnable> wrong() {
        return List.of(
                () -> both().hasSize(1),
                () -> both().isEmpty(),
                () -> both().single(),
                () -> both().hasTypes(EventType.CUSTOM, EventType.CLICK),
                () -> both().areOfOneVisitor(),
                () -> both().areOfOneSession(),
                () -> both().first().hasType(EventType.CUSTOM),
                () -> both().first().hasPath("/"),
                () -> both().first().hasRoute("/"),
                () -> both().first().hasUser(null),
                () -> both().first().isNamed("buy"),
                () -> both().first().hasVisitorOf(CUSTOM),
                () -> both().first().hasSessionOf(CUSTOM),
                () -> both().first().hasAttribute("x", 513),
                () -> both().first().hasAttribute("y", 230.5),
                () -> both().first().hasNoAttribute("x"),
                () -> both().first().hasData(Custom.class, custom -> {}),
                () -> both().last().hasProperty("count", 1),
                () -> both().last().hasProperty("absent", 1),
                () -> both().last().hasProperties(Map.of("text", "buy")));
    }

    @Test
    void assertionOnAnEvent_failsIfThereIsNone() {
        RecordedEvents none = new RecordedEvents();
        assertThatThrownBy(() -> assertThat(none).isNotEmpty()).isInstanceOf(AssertionFailedError.class);
        assertThatThrownBy(() -> assertThat(none).areOfOneVisitor()).isInstanceOf(AssertionFailedError.class);
        assertThatThrownBy(() -> assertThat(none).first()).isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void laterCopy_replacesTheEarlierOne() {
        RecordedEvents recorded = new RecordedEvents();
        Event open = SampleEvents.of(5, new Session(false, 1, 1, 1, 1, "/", "/", true), "x");
        Event ended = SampleEvents.of(5, new Session(true, 9, 1, 2, 2, "/", "/b", false), "x");
        recorded.add(open);
        recorded.add(CLICK);
        recorded.add(ended);
        assertThat(recorded)
                .hasTypes(EventType.SESSION, EventType.CLICK)
                .first()
                .hasAttribute("state", "ended");
    }
}

package io.webwatch.test;

import static io.webwatch.test.WebWatchAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.WebWatch;
import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.request.ClientFacts;
import io.webwatch.sink.WriteResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of an application's own tracking, as its developers would write them. */
class RecordedEventsTest {
    private static final ClientFacts CLIENT = new ClientFacts(
            "192.0.2.1", "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36", "en", null, false, false, null);

    @RegisterExtension
    static final WebWatchExtension WEB_WATCH = WebWatchExtension.create();

    @Test
    void await_returnsTheEvent(WebWatch webWatch, RecordedEvents recorded) {
        webWatch.event("noise");
        webWatch.event("invoice_paid", Map.of("amount", 12.5, "currency", "EUR", "lines", 3));

        Event paid = recorded.await(Custom.class, custom -> custom.name().equals("invoice_paid"));

        assertThat(paid)
                .hasType(EventType.CUSTOM)
                .isNamed("invoice_paid")
                .hasProperty("amount", 12.5)
                .hasProperty("lines", 3)
                .hasProperties(Map.of("amount", 12.5, "currency", "EUR", "lines", 3L))
                .hasNoAttribute("referrer");
    }

    @Test
    void await_ofAMissingEvent_failsAndShowsTheOthers(WebWatch webWatch, RecordedEvents recorded) {
        webWatch.event("something_else");
        recorded.settle();
        recorded.within(Duration.ofMillis(50));
        try {
            assertThatThrownBy(() -> recorded.await(EventType.CLICK))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("an event of type click")
                    .hasMessageContaining("\"name\":\"something_else\"");
        } finally {
            recorded.within(Duration.ofSeconds(10));
        }
    }

    @Test
    void settle_waitsForAllPublishedEvents(WebWatch webWatch, RecordedEvents recorded) {
        for (int i = 0; i < 500; i++) {
            webWatch.event("counted");
        }
        recorded.settle();

        assertThat(recorded).named("counted").hasSize(500);
        assertThat(recorded).named("never").isEmpty();
        assertThat(recorded.all()).hasSize(500); // the marker that settle() publishes is not recorded
    }

    @RepeatedTest(2)
    void eachTest_beginsWithoutEvents(WebWatch webWatch, RecordedEvents recorded) {
        assertThat(recorded).isEmpty();
        webWatch.event("left_for_the_next_repetition");
    }

    @Test
    void visitor_isPartOfTheEvent(WebWatch webWatch, RecordedEvents recorded) {
        webWatch.forVisitor(CLIENT, "https://shop.example/basket").event("added", Map.of("sku", "4711"));
        webWatch.forVisitor(CLIENT, "https://shop.example/checkout").event("ordered", Map.of());
        recorded.settle();

        assertThat(recorded).ofKind(Custom.class).areOfOneVisitor().areOfOneSession();
        assertThat(recorded).onPath("/basket").named("added").single().hasProperty("sku", "4711");
        assertThat(recorded).ofType(EventType.CUSTOM).hasTypes(EventType.CUSTOM, EventType.CUSTOM);
        Event ordered = recorded.await(event -> event.context().page().path().equals("/checkout"));
        assertThat(ordered).hasPath("/checkout").hasRoute("/checkout").hasUser(null);
        assertThat(recorded).ofVisitorOf(ordered).named("ordered").first().hasSessionOf(ordered);
    }

    @Test
    void answerNext_simulatesFailuresAndLosesNothing(WebWatch webWatch, RecordedEvents recorded) {
        WEB_WATCH.sink().answerNext(WriteResult.retriable("away"), WriteResult.retriable("still away"));
        webWatch.event("kept");

        recorded.await(EventType.CUSTOM, 1);

        assertThat(webWatch.status().sinks().get(0).retries()).isEqualTo(2);
    }
}

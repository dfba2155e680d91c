package io.webwatch.servlet;

import static io.webwatch.test.WebWatchAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.WebWatch;
import io.webwatch.event.EventType;
import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import io.webwatch.test.RecordedEvents;
import io.webwatch.test.WebWatchExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the tracking of a servlet application in the way that docs/testing.md describes. */
class RecordedTrackingTest {
    @RegisterExtension
    static final WebWatchExtension WEB_WATCH = WebWatchExtension.create();

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .startedByContainer()
                .page(
                        "/pay",
                        (request, response) -> ((WebWatch)
                                        request.getServletContext().getAttribute("io.webwatch.WebWatch"))
                                .event("invoice_paid", Map.of("amount", 12.5)))
                .context(context ->
                        context.getServletContext().setAttribute("io.webwatch.WebWatch", WEB_WATCH.webWatch()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eventOfTheApplication_isRecorded(RecordedEvents recorded) {
        server.get("/pay");

        assertThat(recorded.await(EventType.CUSTOM)).isNamed("invoice_paid").hasProperty("amount", 12.5);
    }

    @Test
    void requestOfTheTracker_isRecorded(RecordedEvents recorded) {
        assertThat(server.post(Batches.pageView()).statusCode()).isEqualTo(204);

        recorded.await(EventType.PAGE_VIEW);
        recorded.settle();
        assertThat(recorded).ofType(EventType.PAGE_VIEW).hasSize(1);
        assertThat(recorded).named("invoice_paid").isEmpty();
    }
}

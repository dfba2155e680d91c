package io.webwatch.spring;

import static io.webwatch.test.WebWatchAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.WebWatch;
import io.webwatch.event.EventType;
import io.webwatch.event.PageView;
import io.webwatch.test.RecordedEvents;
import io.webwatch.test.spring.RecordEvents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A test that an application could have for its own tracking, as shown on the page about testing. */
@SpringBootTest(
        classes = RunningApplication.Pages.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"webwatch.sinks=none-such", "webwatch.data-directory=none-such"})
@RecordEvents
class RecordEventsTest {
    @Autowired
    private RecordedEvents recorded;

    @Autowired
    private WebWatch webWatch;

    @Value("${local.server.port}")
    private int port;

    @Test
    void pageView_isRecorded() throws Exception {
        String page = "http://127.0.0.1:" + port;
        HttpRequest beacon = HttpRequest.newBuilder(URI.create(page + "/webwatch/events"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"v\":1,\"p\":\"recordedPageView0001\",\"u\":\"%s/items/7\",\"e\":[{\"t\":\"page_view\",\"n\":0,\"o\":0}]}"
                                .formatted(page)))
                .build();
        int status = HttpClient.newHttpClient()
                .send(beacon, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(204);

        assertThat(recorded.await(EventType.PAGE_VIEW)).hasPath("/items/7");
        assertThat(recorded).ofKind(PageView.class).hasSize(1);
    }

    @Test
    void eventOfTheApplication_isRecorded() {
        webWatch.event("invoice_paid", Map.of("amount", 12.5));

        assertThat(recorded.await(EventType.CUSTOM)).isNamed("invoice_paid").hasProperty("amount", 12.5);
        recorded.settle();
        assertThat(recorded).ofType(EventType.PAGE_VIEW).isEmpty();
    }

    @Test
    void nothingElse_getsTheEvents() {
        assertThat(webWatch.status().sinks()).extracting(sink -> sink.name()).containsExactly("memory");
        assertThat(webWatch.status().dataDirectory())
                .isNotEqualTo(Path.of("none-such").toAbsolutePath());
    }
}

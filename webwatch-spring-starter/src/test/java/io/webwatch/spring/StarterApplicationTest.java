package io.webwatch.spring;

import static io.webwatch.spring.RunningApplication.WITHOUT_SECURITY;
import static io.webwatch.spring.RunningApplication.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.event.DropReason;
import io.webwatch.status.JournalStatus;
import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The starter in a running application without Spring Security. */
class StarterApplicationTest {
    private static final String PASSWORD = "--webwatch.dashboard.password=open sesame";

    @TempDir
    private Path data;

    @Test
    void page_containsTheTrackerWithItsRoute() throws Exception {
        try (RunningApplication app = RunningApplication.start(data, WITHOUT_SECURITY)) {
            HttpResponse<String> page = app.get("/items/7");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .containsPattern("<script defer src=\"[^\"]*webwatch/ww\\.js[^\"]*\"[^>]*></script></head>")
                    .contains("data-route=\"/items/{id}\"");
            assertThat(app.get("/webwatch/ww.js").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void batch_appearsInTheLiveView() throws Exception {
        try (RunningApplication app = RunningApplication.start(data, WITHOUT_SECURITY)) {
            assertThat(app.postPageView("starterPageView000001").statusCode()).isEqualTo(204);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(
                                    app.webWatch().live().snapshot().totals().pageViews())
                            .isEqualTo(1));
        }
    }

    @Test
    void dashboard_asksForThePassword() throws Exception {
        try (RunningApplication app = RunningApplication.start(data, WITHOUT_SECURITY, PASSWORD)) {
            assertThat(app.get("/webwatch/").statusCode()).isEqualTo(401);
            assertThat(app.get("/webwatch/api/status").statusCode()).isEqualTo(401);
            assertThat(app.get("/webwatch/api/status", basic("webwatch", "wrong"))
                            .statusCode())
                    .isEqualTo(401);

            HttpResponse<String> status = app.get("/webwatch/api/status", basic("webwatch", "open sesame"));
            assertThat(status.statusCode()).isEqualTo(200);
            assertThat(status.body()).contains("\"sinks\":");
        }
    }

    @Test
    void contextPath_isRespected() throws Exception {
        try (RunningApplication app =
                RunningApplication.start(data, WITHOUT_SECURITY, "--server.servlet.context-path=/shop")) {
            assertThat(app.get("/shop/items/7").body()).contains("webwatch/ww.js");
            assertThat(app.get("/shop/webwatch/ww.js").statusCode()).isEqualTo(200);
            assertThat(app.get("/webwatch/ww.js").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void disabled_leavesPagesAndPathsAlone() throws Exception {
        try (RunningApplication app = RunningApplication.start(data, WITHOUT_SECURITY, "--webwatch.enabled=false")) {
            assertThat(app.get("/items/7").body()).doesNotContain("script");
            assertThat(app.get("/webwatch/ww.js").statusCode()).isEqualTo(404);
            assertThat(app.get("/webwatch/").statusCode()).isEqualTo(404);
            assertThat(app.context().getBeansOfType(WebWatch.class)).isEmpty();
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void health_hasAComponentForWebWatch() throws Exception {
        try (RunningApplication app =
                RunningApplication.start(data, WITHOUT_SECURITY, "--management.endpoint.health.show-details=always")) {
            HttpResponse<String> health = app.get("/actuator/health", "Accept", "application/json");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"webwatch\":{").contains("\"accepted\":0");
        }
    }

    @Test
    void health_ofADegradedWebWatch_leavesTheApplicationUp() throws Exception {
        try (RunningApplication app = RunningApplication.start(
                data,
                WITHOUT_SECURITY,
                "--webwatch.no-such-thing=1",
                "--management.endpoint.health.show-details=always")) {
            HttpResponse<String> health = app.get("/actuator/health", "Accept", "application/json");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .contains("\"status\":\"DEGRADED\"")
                    .contains("Unknown property webwatch.no-such-thing")
                    .contains("\"status\":\"UP\"")
                    .doesNotContain("DOWN");
            assertThat(app.get("/actuator/health/readiness").statusCode()).isNotEqualTo(503);
        }
    }

    @Test
    void actuator_buildsTheStatusOncePerCall() throws Exception {
        try (RunningApplication app = RunningApplication.start(
                data,
                WITHOUT_SECURITY,
                "--test.fake-sink=true",
                "--management.endpoint.health.show-details=always",
                "--management.endpoints.web.exposure.include=health,metrics")) {
            app.postPageView("starterPageView000006");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> app.webWatch().status().sinks().get(0).written() > 0);
            FakeSink sink = app.context().getBean(FakeSink.class);

            for (String path : List.of("/actuator/health", "/actuator/metrics/webwatch.sink.lag")) {
                int before = sink.metricsCalls.get();
                assertThat(app.get(path, "Accept", "application/json").body()).containsAnyOf("fake", "lag");
                assertThat(sink.metricsCalls.get()).as(path).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void health_ofAFailingSink_hasSnakeCaseKeys() {
        SinkStatus sink =
                new SinkStatus("kafka", SinkStatus.State.RETRYING, "No broker.", 1, 2, 3, 0, 0, 4, Map.of(), List.of());
        Status status = new Status(
                "1",
                Instant.EPOCH,
                data,
                new Status.Buffer(0, 2, 0, 1_024),
                7,
                Map.of(DropReason.BUFFER_FULL, 1L),
                List.of(sink),
                new JournalStatus(false, 5, 10, 1, "The disk is full."),
                0,
                null,
                null,
                List.of());

        HealthReport report = HealthReport.of(status);

        assertThat(report.degraded()).isTrue();
        assertThat(report.details())
                .isEqualTo(Map.of(
                        "accepted",
                        7L,
                        "dropped",
                        Map.of("buffer_full", 1L),
                        "sinks",
                        Map.of(
                                "kafka",
                                Map.of("state", "retrying", "lag", 2L, "written", 3L, "last_error", "No broker.")),
                        "journal",
                        Map.of("bytes", 5L, "last_error", "The disk is full."),
                        "warnings",
                        List.of()));
    }

    @Test
    void meters_countAcceptedAndDroppedEvents() throws Exception {
        try (RunningApplication app = RunningApplication.start(
                data, WITHOUT_SECURITY, "--management.endpoints.web.exposure.include=metrics")) {
            app.postPageView("starterPageView000002");
            app.post("/webwatch/events", "text/plain", "no json");

            assertThat(app.get("/actuator/metrics/webwatch.events.accepted", "Accept", "application/json")
                            .body())
                    .contains("\"value\":1.0");
            assertThat(app.get(
                                    "/actuator/metrics/webwatch.events.dropped?tag=reason:malformed",
                                    "Accept",
                                    "application/json")
                            .body())
                    .contains("\"value\":1.0");
        }
    }

    @Test
    void gracefulShutdown_endsLiveStreamsImmediately() throws Exception {
        RunningApplication app = RunningApplication.start(
                data,
                WITHOUT_SECURITY,
                PASSWORD,
                "--server.shutdown=graceful",
                "--spring.lifecycle.timeout-per-shutdown-phase=60s");
        try (BufferedReader stream = new BufferedReader(new InputStreamReader(
                app.open("/webwatch/api/live/stream", basic("webwatch", "open sesame"))
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(stream.readLine()).isNotNull();

            long began = System.nanoTime();
            app.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            List<String> rest = stream.lines().collect(Collectors.toList());
            assertThat(rest).contains("event: bye");
        } finally {
            app.close();
        }
    }
}

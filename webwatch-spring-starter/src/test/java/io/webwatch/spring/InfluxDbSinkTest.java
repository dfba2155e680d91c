package io.webwatch.spring;

import static io.webwatch.spring.RunningApplication.WITHOUT_SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.influxdb.InfluxServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivery to InfluxDB, configured only by properties, with the library versions that Spring Boot manages. */
class InfluxDbSinkTest {
    @TempDir
    private Path data;

    @Test
    void pageView_reachesInfluxDb() throws Exception {
        InfluxServer server = InfluxServer.shared();
        String database = server.createDatabase();
        try (RunningApplication app = RunningApplication.start(
                data,
                WITHOUT_SECURITY,
                "--webwatch.sinks=influxdb",
                "--webwatch.influxdb.url=" + server.url(),
                "--webwatch.influxdb.bucket=" + database)) {
            assertThat(app.postPageView("starterPageView000009").statusCode()).isEqualTo(204);
            app.webWatch().event("invoice_paid", Map.of("amount", 12.5));

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(server.query(database, "SELECT path, host FROM page_views"))
                        .singleElement()
                        .satisfies(
                                row -> assertThat(row.get("path").getAsString()).isEqualTo("/items/7"));
                assertThat(server.query(database, "SELECT num_amount FROM custom_events"))
                        .singleElement()
                        .satisfies(row ->
                                assertThat(row.get("num_amount").getAsDouble()).isEqualTo(12.5));
            });
        }
    }
}

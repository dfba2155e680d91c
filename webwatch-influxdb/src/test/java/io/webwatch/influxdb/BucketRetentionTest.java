package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.sink.WriteResult;
import io.webwatch.test.PlainEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketRetentionTest {
    private static final List<Event> EVENTS = PlainEvents.pageViews(3, SinkFixture.NOW.toEpochMilli());

    private BucketApi api;

    @BeforeEach
    void start() throws IOException {
        api = new BucketApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static SinkFixture sink(String url, String bucket) {
        return new SinkFixture(WebWatchConfig.builder()
                .set(WebWatchProperties.INFLUXDB_URL, url)
                .set(WebWatchProperties.INFLUXDB_ORG, "my-org")
                .set(WebWatchProperties.INFLUXDB_BUCKET, bucket)
                .set(WebWatchProperties.INFLUXDB_TOKEN, "token")
                .set(WebWatchProperties.INFLUXDB_RETENTION, Duration.ofDays(90))
                .build());
    }

    @Test
    void missingBucket_isCreatedWithTheRetention() {
        try (SinkFixture sink = sink(api.url(), "webwatch")) {
            assertThat(sink.write(EVENTS).isWritten()).isTrue();
            assertThat(sink.write(EVENTS).isWritten()).isTrue();
        }

        assertThat(api.size()).isEqualTo(1);
        assertThat(api.retention()).isEqualTo(90 * 86_400);
        assertThat(api.requests())
                .containsExactly(
                        "GET /api/v2/buckets",
                        "GET /api/v2/orgs",
                        "POST /api/v2/buckets",
                        "POST /api/v2/write",
                        "POST /api/v2/write");
    }

    @Test
    void bucketWithAnotherRetention_isChanged() {
        api.addBucket("webwatch", 3_600);
        try (SinkFixture sink = sink(api.url(), "webwatch")) {
            assertThat(sink.write(EVENTS).isWritten()).isTrue();
        }

        assertThat(api.retention()).isEqualTo(90 * 86_400);
        assertThat(api.requests()).contains("PATCH /api/v2/buckets/0a0b");
    }

    @Test
    void bucketWithThisRetention_isNotChanged() {
        api.addBucket("webwatch", 90 * 86_400);
        try (SinkFixture sink = sink(api.url(), "webwatch")) {
            assertThat(sink.write(EVENTS).isWritten()).isTrue();
        }

        assertThat(api.requests()).containsExactly("GET /api/v2/buckets", "POST /api/v2/write");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void missingPermission_isAWarningAndEventsAreWritten(int status) {
        api.refuse(status);
        try (SinkFixture sink = sink(api.url(), "webwatch")) {
            assertThat(sink.write(EVENTS).isWritten()).isTrue();

            assertThat(sink.sink().warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning)
                            .contains("webwatch.influxdb.retention")
                            .contains(Integer.toString(status)));
        }
    }

    @Test
    void unavailableServer_isAskedAgainByTheNextWrite() {
        api.refuse(503);
        try (SinkFixture sink = sink(api.url(), "webwatch")) {
            WriteResult result = sink.write(EVENTS);
            assertThat(result.isAllRetriable()).isTrue();
            assertThat(result.reason()).contains("retention").contains(api.url());
            api.refuse(0);

            assertThat(sink.write(EVENTS).isWritten()).isTrue();
        }

        assertThat(api.retention()).isEqualTo(90 * 86_400);
    }

    @Test
    void serverWithoutTheApi_isAWarningAndEventsAreWritten() throws Exception {
        InfluxServer server = InfluxServer.shared();
        String database = server.createDatabase();
        try (SinkFixture sink = sink(server.url(), database)) {
            assertThat(sink.write(EVENTS).isWritten()).isTrue();

            assertThat(sink.sink().warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("404"));
        }

        assertThat(server.number(database, "SELECT count(id) FROM page_views", "count"))
                .isEqualTo(3);
    }
}

package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.test.PlainEvents;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests as a server receives them, and the threads that send them. */
class WriteClientTest {
    private static final List<Event> EVENTS = PlainEvents.pageViews(3, SinkFixture.NOW.toEpochMilli());

    private HttpFront front;

    @BeforeEach
    void start() throws Exception {
        front = new HttpFront(InfluxServer.shared().port());
        front.refuse(Integer.MAX_VALUE, 204, "");
    }

    @AfterEach
    void stop() {
        front.close();
    }

    private WebWatchConfig.Builder config() {
        return WebWatchConfig.builder().set(WebWatchProperties.INFLUXDB_URL, front.url());
    }

    private void write(WebWatchConfig config) {
        try (SinkFixture sink = new SinkFixture(config)) {
            assertThat(sink.write(EVENTS).isWritten()).isTrue();
        }
    }

    @Test
    void write_toInflux2_sendsOrganizationBucketAndToken() {
        write(config().set(WebWatchProperties.INFLUXDB_ORG, "my org")
                .set(WebWatchProperties.INFLUXDB_BUCKET, "clicks & more")
                .set(WebWatchProperties.INFLUXDB_TOKEN, "t0ken==")
                .build());

        assertThat(front.lastQuery().split("&"))
                .containsExactlyInAnyOrder("org=my%20org", "bucket=clicks%20%26%20more", "precision=ns");
        assertThat(front.lastHeader("Authorization")).isEqualTo("Token t0ken==");
        assertThat(front.lastHeader("Content-Encoding")).isEqualTo("gzip");
        assertThat(front.lastHeader("Content-Type")).startsWith("text/plain");
    }

    @Test
    void write_toInflux18_sendsUserPasswordDatabaseAndRetentionPolicy() {
        write(config().set(WebWatchProperties.INFLUXDB_BUCKET, "web/autogen")
                .set(WebWatchProperties.INFLUXDB_TOKEN, "writer:pass:word")
                .build());

        assertThat(front.lastQuery().split("&")).containsExactlyInAnyOrder("bucket=web%2Fautogen", "precision=ns");
        assertThat(front.lastHeader("Authorization")).isEqualTo("Token writer:pass:word");
    }

    @Test
    void write_withoutToken_sendsNoAuthorization() {
        write(config().build());

        assertThat(front.lastHeader("Authorization")).isNull();
    }

    @Test
    void write_whoseResponseCannotBeRead_fails() {
        front.refuse(1, 503, "Sun, 01 Mar 2026 10:00:05 GMT");
        InstantSource broken = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        try (SinkFixture sink = new SinkFixture(config().build(), broken)) {
            assertThatThrownBy(() -> sink.write(EVENTS))
                    .hasStackTraceContaining("java.lang.OutOfMemoryError: Java heap space");
        }
    }

    @Test
    void write_compressesTheBody() {
        write(config().build());

        LineEncoder encoder = new LineEncoder(100);
        encoder.encode(EVENTS);
        assertThat(front.lastBodySize()).isPositive().isLessThan(encoder.end(2) / 2);
    }

    @Test
    void threads_areDaemonsAndEndOnClose() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        SinkFixture sink = new SinkFixture(config().build());
        assertThat(sink.write(EVENTS).isWritten()).isTrue();

        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().equals("webwatch-influxdb"))
                .toList();
        assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);

        sink.close();
        Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
    }
}

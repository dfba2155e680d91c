package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.DropReason;
import io.webwatch.status.SinkStatus;
import io.webwatch.test.sink.TcpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Makes each part between the application and a real InfluxDB fail. Each test compares the published events with those in
 * the database, and the difference with the counters.
 */
class FaultTest {
    private static final int BURST = 5_000;

    @TempDir
    private Path directory;

    private InfluxServer server;
    private String database;
    private long next;

    @BeforeEach
    void database() throws Exception {
        server = InfluxServer.shared();
        database = server.createDatabase();
    }

    private WebWatch start(String url) {
        return WebWatch.start(WebWatchConfig.builder()
                .set(WebWatchProperties.SINKS, List.of("influxdb"))
                .set(WebWatchProperties.INFLUXDB_URL, url)
                .set(WebWatchProperties.INFLUXDB_BUCKET, database)
                .set(WebWatchProperties.INFLUXDB_TIMEOUT, Duration.ofSeconds(2))
                .set(WebWatchProperties.RETRY_INITIAL, Duration.ofMillis(20))
                .set(WebWatchProperties.RETRY_MAX, Duration.ofMillis(200))
                .set(WebWatchProperties.BATCH_LINGER, Duration.ofMillis(20))
                .set(WebWatchProperties.BATCH_MAX_EVENTS, 500)
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .build());
    }

    /** Publishes events with consecutive numbers. */
    private void publish(WebWatch webwatch, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(webwatch.event("burst", Map.of("n", next, "note", "event " + next)))
                    .isTrue();
            next++;
        }
    }

    private static SinkStatus sink(WebWatch webwatch) {
        return webwatch.status().sinks().get(0);
    }

    private static void awaitRetries(WebWatch webwatch, long more) {
        long before = sink(webwatch).retries();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> sink(webwatch).retries() >= before + more);
    }

    /** Waits until each event has an outcome, and returns the numbers in the database. */
    private Set<Long> settled(WebWatch webwatch) throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            SinkStatus status = sink(webwatch);
            return status.written() + status.rejected() + status.dropped() == next;
        });
        return stored();
    }

    private Set<Long> stored() throws Exception {
        List<Long> all = server.query(database, "SELECT num_n FROM custom_events").stream()
                .map(row -> row.get("num_n").getAsLong())
                .toList();
        Set<Long> distinct = new TreeSet<>(all);
        assertThat(all).as("no extra copies").hasSize(distinct.size());
        return distinct;
    }

    private Set<Long> published() {
        return LongStream.range(0, next).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private void assertNothingLost(WebWatch webwatch) throws Exception {
        assertThat(settled(webwatch)).isEqualTo(published());
        assertThat(sink(webwatch).written()).isEqualTo(next);
        assertThat(webwatch.status().dropped()).isEmpty();
    }

    @Test
    void serverThatIsDownDuringABurst_losesNothing() throws Exception {
        try (InfluxServer own = new InfluxServer(directory.resolve("influx"))) {
            server = own;
            database = own.createDatabase();
            try (WebWatch webwatch = start(own.url())) {
                publish(webwatch, 100);
                Awaitility.await().until(() -> sink(webwatch).written() == 100);
                own.kill();
                publish(webwatch, BURST);
                awaitRetries(webwatch, 5);
                assertThat(sink(webwatch).lastError()).contains(own.url());
                own.restart();
                publish(webwatch, 100);

                assertNothingLost(webwatch);
            }
        }
    }

    @Test
    void portThatRefusesConnections_losesNothing() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port())) {
            proxy.refuse();
            try (WebWatch webwatch = start("http://127.0.0.1:" + proxy.port())) {
                publish(webwatch, BURST);
                awaitRetries(webwatch, 5);
                proxy.restore();

                assertNothingLost(webwatch);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void serverThatAsksForAPause_losesNothing(int status) throws Exception {
        try (HttpFront front = new HttpFront(server.port());
                WebWatch webwatch = start(front.url())) {
            front.refuse(2, status, "2");
            publish(webwatch, BURST);

            assertNothingLost(webwatch);
            assertThat(front.answered(status)).isEqualTo(2);
            assertThat(front.nanosAfterTheLastRefusal()).isGreaterThanOrEqualTo(2_000_000_000L);
        }
    }

    @Test
    void connectionsThatBreakWithinABody_loseNothing() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port());
                WebWatch webwatch = start("http://127.0.0.1:" + proxy.port())) {
            for (int i = 0; i < 10; i++) {
                proxy.resetAfter(300 + 300L * i); // fewer bytes than 500 events take, compressed
                publish(webwatch, 500);
                long count = next;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> sink(webwatch).written() == count);
            }

            assertNothingLost(webwatch);
            assertThat(proxy.resets()).isEqualTo(10);
        }
    }

    @Test
    void serverThatIsSilentBeyondTheTimeout_losesNothing() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port());
                WebWatch webwatch = start("http://127.0.0.1:" + proxy.port())) {
            publish(webwatch, 100);
            Awaitility.await().until(() -> sink(webwatch).written() == 100);
            proxy.freeze();
            publish(webwatch, BURST);
            awaitRetries(webwatch, 2);
            assertThat(sink(webwatch).lastError()).contains("webwatch.influxdb.timeout");
            proxy.restore();

            assertNothingLost(webwatch);
        }
    }

    @Test
    void poisonedEvents_areRejectedAndCounted() throws Exception {
        long time = System.currentTimeMillis() * 1_000_000;
        server.write(database, "custom_events,name=foreign flag_poison=\"a text\" " + time + "\n");
        Set<Long> poisoned = new TreeSet<>();
        try (WebWatch webwatch = start(server.url())) {
            for (int i = 0; i < BURST; i++) {
                boolean poison = i % 997 == 13;
                if (poison) {
                    poisoned.add(next);
                    webwatch.event("burst", Map.of("n", next++, "poison", true));
                } else {
                    publish(webwatch, 1);
                }
            }
            Set<Long> expected = published();
            expected.removeAll(poisoned);

            assertThat(settled(webwatch)).isEqualTo(expected);
            assertThat(sink(webwatch).rejected()).isEqualTo(poisoned.size()).isPositive();
            assertThat(webwatch.status().dropped()).isEqualTo(Map.of(DropReason.REJECTED, (long) poisoned.size()));
        }
    }

    @Test
    void missingDatabase_isNamedAndWrittenOnceItIsThere() throws Exception {
        database = "later" + database;
        try (WebWatch webwatch = start(server.url())) {
            publish(webwatch, 200);
            awaitRetries(webwatch, 2);
            assertThat(sink(webwatch).lastError())
                    .contains("404")
                    .contains(database)
                    .contains("webwatch.influxdb.bucket");
            server.statement("CREATE DATABASE " + database);

            assertNothingLost(webwatch);
        }
    }

    @Test
    void tagValuesBeyondTheLimit_areCountedInTheStatus() throws Exception {
        try (WebWatch webwatch = WebWatch.start(WebWatchConfig.builder()
                .set(WebWatchProperties.INFLUXDB_URL, server.url())
                .set(WebWatchProperties.INFLUXDB_BUCKET, database)
                .set(WebWatchProperties.INFLUXDB_MAX_TAG_VALUES, 10)
                .set(WebWatchProperties.SINKS, List.of("influxdb"))
                .set(WebWatchProperties.DATA_DIRECTORY, directory)
                .build())) {
            for (int i = 0; i < 50; i++) {
                webwatch.event("invented " + i);
            }
            Awaitility.await().until(() -> sink(webwatch).written() == 50);

            assertThat(webwatch.status().warnings())
                    .anyMatch(warning -> warning.contains("'name'")
                            && warning.contains("webwatch.influxdb.max-tag-values")
                            && warning.contains("(other): 40 so far"));
        }
        assertThat(server.query(database, "SHOW TAG VALUES WITH KEY = \"name\""))
                .hasSize(11);
        assertThat(server.number(database, "SELECT count(id) FROM custom_events", "count"))
                .isEqualTo(50);
        assertThat(server.query(database, "SELECT name_exact FROM custom_events WHERE \"name\" = '(other)'"))
                .hasSize(40);
    }

    @Test
    void addressWithAPath_isKept() throws Exception {
        try (WebWatch webwatch = start(server.url() + "/behind/a/path")) {
            publish(webwatch, 50);

            assertNothingLost(webwatch);
        }
    }

    @Test
    void anotherServerAtTheAddress_losesNothing() throws Exception {
        try (HttpFront front = new HttpFront(server.port());
                WebWatch webwatch = start(front.url())) {
            front.refuse(5, 200, "0");
            publish(webwatch, 200);

            assertNothingLost(webwatch);
            assertThat(front.answered(200)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void eventsThatAGatewayRefuses_areRejectedWithoutTheOthers(int status) throws Exception {
        Set<Long> disliked = Set.of(5L, 150L);
        try (HttpFront front = new HttpFront(server.port());
                WebWatch webwatch = start(front.url())) {
            front.dislike("OR 1=1", status);
            for (int i = 0; i < 200; i++) {
                if (disliked.contains(next)) {
                    webwatch.event("burst", Map.of("n", next++, "note", "' OR 1=1 --"));
                } else {
                    publish(webwatch, 1);
                }
            }
            Set<Long> expected = published();
            expected.removeAll(disliked);

            assertThat(settled(webwatch)).isEqualTo(expected);
            assertThat(webwatch.status().dropped()).isEqualTo(Map.of(DropReason.REJECTED, 2L));
        }
        assertThat(Files.readString(directory.resolve("dead-letters.jsonl")))
                .contains(Integer.toString(status))
                .contains("' OR 1=1 --");
    }

    @Test
    void applicationThatStopsDuringAnOutage_deliversAfterItsNextStart() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port())) {
            WebWatch first = start("http://127.0.0.1:" + proxy.port());
            publish(first, 100);
            Awaitility.await().until(() -> sink(first).written() == 100);
            proxy.freeze();
            publish(first, 100);
            long begin = System.nanoTime();
            first.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            assertThat(first.status().dropped()).isEmpty();
            proxy.restore();

            try (WebWatch second = start("http://127.0.0.1:" + proxy.port())) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(stored()).isEqualTo(published()));
                assertThat(second.status().dropped()).isEmpty();
            }
        }
    }
}

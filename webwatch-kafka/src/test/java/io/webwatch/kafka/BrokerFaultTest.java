package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.kafka.broker.KafkaBroker;
import io.webwatch.status.SinkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed or suspended while events are being published. All of them arrive, in order. */
class BrokerFaultTest {
    /** Number of events before, and during, a failure. */
    private static final int PHASE = 4_000;

    @TempDir
    static Path brokerDirectory;

    private static KafkaBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        broker = KafkaBroker.started(brokerDirectory, Map.of("num.partitions", "3"));
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
    }

    private static Map<String, String> properties(String topic, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("webwatch.kafka.bootstrap-servers", broker.bootstrapServers());
        properties.put("webwatch.kafka.topic", topic);
        return properties;
    }

    @Test
    void killedAndRestarted_losesNothing() throws Exception {
        try (RunningWebWatch webWatch = new RunningWebWatch(directory, properties("killed", Map.of()))) {
            streamUntilWritten(webWatch, PHASE);
            broker.kill();
            streamUntilBehind(webWatch, PHASE);
            broker.start();
            streamUntilWritten(webWatch, webWatch.published() + 1);
            webWatch.awaitDelivered();

            Consumed out = Consumed.of(broker.bootstrapServers(), List.of("killed"));
            webWatch.assertSame(out, Set.of(), "broker killed and restarted");
            RunningWebWatch.assertOrder(out);
            assertThat(webWatch.status().rejected()).isZero();
            assertThat(webWatch.dropped()).isEmpty();
            assertThat(webWatch.status().metrics())
                    .containsKeys("records_retried", "compression_ratio", "request_latency_ms", "buffer_free_bytes")
                    .hasEntrySatisfying("sent_bytes", bytes -> assertThat(bytes).isPositive());
        }
    }

    @Test
    void suspendedBeyondEveryTimeout_losesNothing() throws Exception {
        Map<String, String> shortTimeouts = Map.of(
                "webwatch.kafka.properties.request.timeout.ms", "1000",
                "webwatch.kafka.properties.delivery.timeout.ms", "2000",
                "webwatch.kafka.properties.max.block.ms", "1000");
        try (RunningWebWatch webWatch = new RunningWebWatch(directory, properties("suspended", shortTimeouts))) {
            streamUntilWritten(webWatch, PHASE);
            broker.suspend();
            try {
                streamUntil(webWatch, () -> webWatch.status().state() == SinkStatus.State.RETRYING);
                streamUntilBehind(webWatch, behind(webWatch) + PHASE);
            } finally {
                broker.resume();
            }
            streamUntilWritten(webWatch, webWatch.published() + 1);
            webWatch.awaitDelivered();

            Consumed out = Consumed.of(broker.bootstrapServers(), List.of("suspended"));
            webWatch.assertSame(out, Set.of(), "broker suspended beyond every time-out");
            RunningWebWatch.assertOrder(out);
            assertThat(webWatch.status().retries()).isPositive();
            assertThat(webWatch.status().rejected()).isZero();
            assertThat(webWatch.dropped()).isEmpty();
        }
    }

    /** Publishes until Kafka has accepted that many events. */
    private static void streamUntilWritten(RunningWebWatch webWatch, long events) {
        streamUntil(webWatch, () -> webWatch.status().written() >= events);
    }

    /** Publishes until that many events wait for Kafka. */
    private static void streamUntilBehind(RunningWebWatch webWatch, long events) {
        streamUntil(webWatch, () -> behind(webWatch) >= events);
    }

    private static long behind(RunningWebWatch webWatch) {
        return webWatch.published() - webWatch.status().written();
    }

    /** Publishes 2 000 events per second, so that some are in flight whenever the broker fails. */
    private static void streamUntil(RunningWebWatch webWatch, BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    webWatch.publish(200);
                    return condition.getAsBoolean();
                });
    }
}

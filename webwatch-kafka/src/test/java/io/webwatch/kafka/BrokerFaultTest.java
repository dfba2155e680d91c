package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.kafka.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker dies, or stands still, while events stream: what went in comes out, in order. */
class BrokerFaultTest {
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
            stream(webWatch, 20);
            broker.kill();
            stream(webWatch, 20); // goes nowhere for now
            broker.start();
            stream(webWatch, 20);
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
            stream(webWatch, 20);
            broker.suspend();
            try {
                stream(webWatch, 20);
                webWatch.awaitRetrying(); // the producer has given up
                stream(webWatch, 20);
            } finally {
                broker.resume();
            }
            stream(webWatch, 20);
            webWatch.awaitDelivered();

            Consumed out = Consumed.of(broker.bootstrapServers(), List.of("suspended"));
            webWatch.assertSame(out, Set.of(), "broker suspended beyond every time-out");
            RunningWebWatch.assertOrder(out);
            assertThat(webWatch.status().retries()).isPositive();
            assertThat(webWatch.status().rejected()).isZero();
            assertThat(webWatch.dropped()).isEmpty();
        }
    }

    /** Some hundred events a tenth of a second. */
    private static void stream(RunningWebWatch webWatch, int tenths) {
        for (int i = 0; i < tenths; i++) {
            webWatch.publish(200);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}

package io.webwatch.spring;

import static io.webwatch.spring.RunningApplication.WITHOUT_SECURITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.kafka.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of an application reach a real broker by properties alone, with the Kafka client of its Spring Boot. */
class KafkaSinkTest {
    @TempDir
    private Path brokerDirectory;

    @TempDir
    private Path data;

    @Test
    void pageView_isARecordInKafka() throws Exception {
        try (KafkaBroker broker = KafkaBroker.started(brokerDirectory, Map.of());
                RunningApplication app = RunningApplication.start(
                        data,
                        WITHOUT_SECURITY,
                        "--webwatch.sinks=kafka",
                        "--webwatch.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--webwatch.kafka.create-topics=true",
                        "--webwatch.kafka.topics.page-view=hits",
                        "--webwatch.kafka.properties.linger.ms=1")) {
            assertThat(app.postPageView("kafkaPageView0000001").statusCode()).isEqualTo(204);

            ConsumerRecord<String, String> record = first(broker, "hits");

            assertThat(record.value()).contains("\"type\":\"page_view\"").contains("\"path\":\"/items/7\"");
            assertThat(record.key()).isNotBlank();
            assertThat(new String(record.headers().lastHeader("webwatch-id").value(), StandardCharsets.UTF_8))
                    .isEqualTo("kafkaPageView0000001.0");
            assertThat(app.webWatch().status().warnings()).noneMatch(warning -> warning.contains("Unknown property"));
        }
    }

    private static ConsumerRecord<String, String> first(KafkaBroker broker, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "test", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    return record;
                }
            }
        }
        throw new AssertionError("no record came");
    }
}

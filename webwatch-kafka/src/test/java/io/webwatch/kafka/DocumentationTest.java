package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.EventType;
import io.webwatch.json.EventJson;
import io.webwatch.test.AttributeMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares {@code docs/kafka.md} with the sink. */
class DocumentationTest {
    private static final String BEGIN = "<!-- examples -->\n";
    private static final String END = "<!-- end of examples -->";

    @ParameterizedTest
    @EnumSource(EventType.class)
    void topics_areDocumented(EventType type) {
        assertThat(KafkaSettings.of(WebWatchConfig.defaults()).topics().get(type))
                .isEqualTo("webwatch." + DocumentedTopics.of(type));
    }

    @Test
    void examples_areRecordsOfEveryType() throws Exception {
        String examples = Stream.of(EventType.values())
                .map(type -> "`" + type.id() + "`\n\n```json\n"
                        + new String(EventJson.bytes(ExampleEvents.of(type)), StandardCharsets.UTF_8) + "\n```\n\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("tests.write-docs")) { // set by -Dtests.write-docs=true on Maven's command line
            String before = DocumentedTopics.text();
            Files.writeString(
                    DocumentedTopics.DOCUMENT,
                    before.substring(0, before.indexOf(BEGIN) + BEGIN.length())
                            + "\n"
                            + examples
                            + before.substring(before.indexOf(END)));
        }
        String document = DocumentedTopics.text();
        assertThat(document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END)))
                .isEqualTo("\n" + examples);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void examples_haveEveryAttribute(EventType type) {
        assertThat(JsonObjects.read(EventJson.bytes(ExampleEvents.of(type))))
                .isEqualTo(AttributeMap.of(ExampleEvents.of(type)));
    }

    @Test
    void defaultsOfTheProducer_areDocumented() {
        var producer = KafkaSettings.of(WebWatchConfig.builder()
                        .set("webwatch.kafka.bootstrap-servers", "localhost:9092")
                        .build())
                .producer();
        String document = DocumentedTopics.text();
        for (String name : Stream.of(
                        ProducerConfig.ACKS_CONFIG,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        ProducerConfig.LINGER_MS_CONFIG,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        ProducerConfig.ENABLE_METRICS_PUSH_CONFIG)
                .toList()) {
            assertThat(document).contains("| `" + name + "` | `" + producer.get(name) + "` |");
        }
    }
}

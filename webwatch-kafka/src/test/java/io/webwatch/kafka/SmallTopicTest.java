package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.DropReason;
import io.webwatch.event.EventType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A topic whose limit is below the producer's batch size. Kafka's client splits such a batch into pieces of the same size,
 * without end. The sink reduces the batch size instead.
 */
class SmallTopicTest {
    private static final SharedBroker BROKER = SharedBroker.get();

    @TempDir
    private Path directory;

    private static String create(String limit) throws Exception {
        String name = SharedBroker.newName();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            NewTopic topic = new NewTopic(name, 3, (short) 1).configs(Map.of("max.message.bytes", limit));
            admin.createTopics(List.of(topic)).all().get();
        }
        return name;
    }

    private RunningWebWatch start(String topic, String compression) {
        Map<String, String> properties = new HashMap<>();
        properties.put("webwatch.kafka.bootstrap-servers", BROKER.bootstrapServers());
        properties.put("webwatch.kafka.topic", topic);
        properties.put("webwatch.kafka.properties.compression.type", compression);
        return new RunningWebWatch(directory, properties);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "lz4"})
    void eventsBelowTheLimit_arriveAndLargerOnesAreRejected(String compression) throws Exception {
        String topic = create("4096");
        try (RunningWebWatch webWatch = start(topic, compression)) {
            webWatch.publish(2000);
            webWatch.publish(200, random(1500));
            webWatch.awaitDelivered();
            Set<String> small = webWatch.in();
            webWatch.publish(3, random(20_000));
            webWatch.awaitDelivered();
            Set<String> large = new HashSet<>(webWatch.in(EventType.CUSTOM));
            large.removeAll(small);
            webWatch.publish(500);
            webWatch.awaitDelivered();

            Consumed out = Consumed.of(BROKER.bootstrapServers(), List.of(topic));
            assertThat(large).hasSize(3);
            webWatch.assertSame(out, large, "max.message.bytes=4096, " + compression);
            RunningWebWatch.assertOrder(out);
            assertThat(webWatch.status().rejected()).isEqualTo(3);
            assertThat(webWatch.dropped()).isEqualTo(Map.of(DropReason.REJECTED, 3L));
            assertThat(webWatch.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("max.message.bytes")
                            .contains("webwatch.kafka.properties.batch.size"));
        }
    }

    /** Returns text that compresses badly. */
    private static String random(int length) {
        return new Random(7)
                .ints(length, 33, 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replace('"', 'q')
                .replace('\\', 'b');
    }
}

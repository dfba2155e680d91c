package io.webwatch.kafka;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.sink.SinkFactory;
import io.webwatch.test.sink.Peer;
import io.webwatch.test.sink.SinkCompatibilityKit;
import io.webwatch.test.sink.SinkHarness;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sink passes the tests for all sinks, with a real broker behind a proxy that simulates failures. */
class KafkaCompatibilityTest extends SinkCompatibilityKit {
    @Override
    protected SinkHarness harness(Path directory) {
        return new Harness(SharedBroker.get(), SharedBroker.newName());
    }

    private static final class Harness implements SinkHarness {
        private final SharedBroker broker;
        private final String topic;
        private final Map<String, Map<String, Object>> read = new HashMap<>();

        Harness(SharedBroker broker, String topic) {
            this.broker = broker;
            this.topic = topic;
        }

        @Override
        public SinkFactory factory() {
            return new KafkaSinkFactory();
        }

        @Override
        public WebWatchConfig config() {
            return WebWatchConfig.builder()
                    .set("webwatch.kafka.bootstrap-servers", broker.proxiedServers())
                    .set("webwatch.kafka.topic", topic)
                    .set("webwatch.kafka.properties.max.block.ms", "1000")
                    .set("webwatch.kafka.properties.request.timeout.ms", "1000")
                    .set("webwatch.kafka.properties.delivery.timeout.ms", "2000")
                    .set("webwatch.kafka.properties.reconnect.backoff.max.ms", "300")
                    .build();
        }

        @Override
        public List<String> stored(List<Event> candidates) {
            return Consumed.of(broker.bootstrapServers(), List.of(topic)).ids();
        }

        @Override
        public Map<String, ?> attributes(Event event) {
            if (read.isEmpty()) {
                Consumed.of(broker.bootstrapServers(), List.of(topic)).records().stream()
                        .map(record -> JsonObjects.read(record.value()))
                        .forEach(object -> read.put((String) object.get("id"), object));
            }
            return read.get(event.id().toString());
        }

        @Override
        public boolean keepsCopies() {
            return true;
        }

        @Override
        public Optional<Event> unacceptable(Event sample) {
            EventData large = new Custom("large", Map.of("text", "x".repeat(1_100_000)));
            return Optional.of(
                    new Event(sample.id(), sample.timeMillis(), sample.timeNanos(), sample.context(), large));
        }

        @Override
        public Optional<Peer> peer() {
            return Optional.of(broker.proxy());
        }
    }
}

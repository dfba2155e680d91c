package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventType;
import io.webwatch.json.EventJson;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.test.AttributeMap;
import io.webwatch.test.SampleEvents;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Written events, as a consumer receives them from a real broker. */
class RoundTripTest {
    @TempDir
    private Path directory;

    private final SharedBroker broker = SharedBroker.get();

    private Consumed write(String prefix, List<Event> events, String... more) throws Exception {
        WebWatchConfig.Builder config = WebWatchConfig.builder()
                .set("webwatch.kafka.bootstrap-servers", broker.bootstrapServers())
                .set("webwatch.kafka.topic-prefix", prefix);
        for (int i = 0; i < more.length; i += 2) {
            config.set(more[i], more[i + 1]);
        }
        Sink sink = new KafkaSinkFactory().create(new SinkContext(config.build(), directory, InstantSource.system()));
        try {
            EventBatch batch = new EventBatch("log", 1, events, 1000L * events.size());
            assertThat(sink.write(batch).toCompletableFuture().get().isWritten())
                    .isTrue();
        } finally {
            sink.close();
        }
        return Consumed.withPrefix(broker.bootstrapServers(), prefix);
    }

    private static List<Event> everyType(String text) {
        List<Event> events = new ArrayList<>();
        for (EventType type : EventType.values()) {
            events.add(SampleEvents.of(events.size(), type, text));
        }
        return events;
    }

    @Test
    void everyType_isARecordInItsTopic() throws Exception {
        String prefix = SharedBroker.newName() + ".";
        List<Event> events = everyType("grüße \"日本\" \u0001 </script>");

        Map<String, ConsumerRecord<byte[], byte[]>> records = new HashMap<>();
        write(prefix, events).records().forEach(record -> records.put(Consumed.header(record, "webwatch-id"), record));

        assertThat(records).hasSize(events.size());
        for (Event event : events) {
            ConsumerRecord<byte[], byte[]> record = records.get(event.id().toString());
            assertThat(record.topic()).isEqualTo(prefix + DocumentedTopics.of(event.type()));
            assertThat(Consumed.text(record.key())).isEqualTo(event.context().visitor());
            assertThat(record.timestamp()).isEqualTo(event.timeMillis());
            assertThat(record.value()).isEqualTo(EventJson.bytes(event));
            assertThat(JsonObjects.read(record.value())).isEqualTo(AttributeMap.of(event));
            assertThat(Consumed.header(record, "webwatch-type"))
                    .isEqualTo(event.type().id());
            assertThat(Consumed.header(record, "webwatch-schema")).isEqualTo("1");
            assertThat(record.headers()).hasSize(3);
        }
    }

    @Test
    void visitor_hasOnePartitionInATopic() throws Exception {
        String prefix = SharedBroker.newName() + ".";
        List<Event> events = new ArrayList<>();
        for (int number = 0; number < 600; number++) {
            events.add(SampleEvents.of(number, EventType.CLICK, "x"));
        }

        Map<String, List<Integer>> partitions = new HashMap<>();
        Map<String, List<Long>> times = new HashMap<>();
        write(prefix, events).records().forEach(record -> {
            String visitor = Consumed.text(record.key());
            partitions.computeIfAbsent(visitor, key -> new ArrayList<>()).add(record.partition());
            times.computeIfAbsent(visitor, key -> new ArrayList<>()).add(record.timestamp());
        });

        assertThat(partitions).hasSize(SampleEvents.VISITORS);
        partitions.values().forEach(of -> assertThat(of).containsOnly(of.get(0)));
        times.values().forEach(of -> assertThat(of).isSorted().hasSize(200));
    }

    @Test
    void eventWithoutAVisitor_hasNoKey() throws Exception {
        Event sample = SampleEvents.of(1, EventType.CUSTOM, "x");
        EventContext known = sample.context();
        EventContext noVisitor = new EventContext(
                known.site(), "", "", null, known.page(), known.acquisition(), known.client(), known.location(), null);
        Event event = new Event(sample.id(), sample.timeMillis(), sample.timeNanos(), noVisitor, sample.data());

        assertThat(write(SharedBroker.newName() + ".", List.of(event)).records())
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isNull());
    }

    @Test
    void topics_canBeRenamedIndividuallyAndTogether() throws Exception {
        String prefix = SharedBroker.newName() + ".";
        Consumed consumed = write(
                prefix,
                everyType("x"),
                "webwatch.kafka.topic",
                prefix + "everything",
                "webwatch.kafka.topics.page-view",
                prefix + "hits",
                "webwatch.kafka.topics.video_play",
                prefix + "plays");

        Map<String, Integer> counts = new HashMap<>();
        consumed.records().forEach(record -> counts.merge(record.topic(), 1, Integer::sum));
        assertThat(counts)
                .isEqualTo(Map.of(
                        prefix + "everything", EventType.values().length - 2, prefix + "hits", 1, prefix + "plays", 1));
    }
}

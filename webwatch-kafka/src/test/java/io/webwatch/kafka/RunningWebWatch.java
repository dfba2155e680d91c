package io.webwatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.request.ClientFacts;
import io.webwatch.status.SinkStatus;
import io.webwatch.test.MemorySink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A WebWatch that writes to Kafka and to memory, so that the events in Kafka can be compared with the published ones. */
final class RunningWebWatch implements AutoCloseable {
    private static final int VISITORS = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MemorySink memory = new MemorySink();
    private final WebWatch webWatch;
    private long number;

    RunningWebWatch(Path directory, Map<String, String> properties) {
        WebWatchConfig.Builder config = WebWatchConfig.builder()
                .set("webwatch.sinks", "kafka,memory")
                .set("webwatch.data-directory", directory.toString())
                .set("webwatch.batch.linger", "20ms")
                .set("webwatch.retry.max", "500ms");
        properties.forEach(config::set);
        webWatch = WebWatch.builder().config(config.build()).sink(memory).start();
    }

    /** Publishes the given number of events of several visitors. */
    void publish(int count) {
        publish(count, "");
    }

    void publish(int count, String text) {
        for (int i = 0; i < count; i++) {
            long next = number++;
            ClientFacts client = new ClientFacts(
                    "192.0.2." + next % VISITORS,
                    "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36",
                    "en",
                    null,
                    false,
                    false,
                    null);
            boolean taken = webWatch.forVisitor(client, "https://shop.example/")
                    .event("numbered", Map.of("number", next, "text", text));
            assertThat(taken).as("the buffer has room").isTrue();
        }
    }

    /** Returns how many events were published so far. */
    long published() {
        return number;
    }

    SinkStatus status() {
        return webWatch.status().sinks().stream()
                .filter(sink -> sink.name().equals("kafka"))
                .findFirst()
                .orElseThrow();
    }

    Map<DropReason, Long> dropped() {
        return webWatch.status().dropped();
    }

    List<String> warnings() {
        return webWatch.status().warnings();
    }

    void awaitRetrying() {
        await().atMost(PATIENCE).until(() -> status().state() == SinkStatus.State.RETRYING);
    }

    /** Waits until everything published so far has an outcome in both sinks. */
    void awaitDelivered() {
        memory.events().within(PATIENCE).from(webWatch).settle();
        await().atMost(PATIENCE).until(() -> status().lag() == 0 && status().state() == SinkStatus.State.RUNNING);
    }

    /** Returns the ids of all events, including sessions, but not the markers of {@link #awaitDelivered}. */
    Set<String> in() {
        return ids(memory.events().all());
    }

    Set<String> in(EventType type) {
        return ids(memory.events().ofType(type));
    }

    private static Set<String> ids(List<Event> events) {
        return events.stream().map(event -> event.id().toString()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Asserts that Kafka has all events except the given ones, and prints how many copies it has. */
    void assertSame(Consumed out, Set<String> except, String what) {
        Set<String> expected = new HashSet<>(in());
        assertThat(expected).as("published events").hasSizeGreaterThanOrEqualTo((int) number);
        expected.removeAll(except);
        Set<String> actual = new HashSet<>();
        int copies = 0;
        for (var record : out.records()) {
            Map<String, Object> event = JsonObjects.read(record.value());
            if (String.valueOf(event.get("name")).startsWith("webwatch_test_marker")) {
                continue;
            }
            boolean isNew = actual.add((String) event.get("id"));
            // A session event is written again whenever the session has changed.
            copies += isNew || event.get("type").equals("session") ? 0 : 1;
        }
        System.out.printf(
                "%s: %d events in, %d out, %d extra copies, %d retries%n",
                what, in().size(), actual.size(), copies, status().retries());
        assertThat(actual).isEqualTo(expected);
    }

    /** Asserts that the last copies of each visitor's events are in the order of publishing. */
    static void assertOrder(Consumed out) {
        Map<String, Map<Long, Integer>> places = new HashMap<>();
        for (int i = 0; i < out.records().size(); i++) {
            Map<String, Object> event = JsonObjects.read(out.records().get(i).value());
            if ("numbered".equals(event.get("name"))) {
                long number = (Long) ((Map<?, ?>) event.get("props")).get("number");
                places.computeIfAbsent((String) event.get("visitor"), visitor -> new HashMap<>())
                        .put(number, i);
            }
        }
        assertThat(places).hasSize(VISITORS);
        places.forEach((visitor, byNumber) -> {
            List<Integer> inOrder = byNumber.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .toList();
            assertThat(inOrder).as("places of the events of %s", visitor).isSorted();
        });
    }

    @Override
    public void close() {
        webWatch.close();
    }
}

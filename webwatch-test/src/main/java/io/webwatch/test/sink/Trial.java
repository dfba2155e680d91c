package io.webwatch.test.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import io.webwatch.test.AttributeMap;
import io.webwatch.test.SampleEvents;
import io.webwatch.test.sink.SinkWorker.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** One test of the kit: a sink with its worker, and the expected content of the store. */
final class Trial {
    private static final Duration AFTERMATH = Duration.ofMillis(500);
    private static final Instant NOW = SampleEvents.START.plus(Duration.ofHours(1));

    private final SinkHarness harness;
    private final SinkWorker worker;
    private final Map<String, Event> expected = new LinkedHashMap<>();
    private final List<Event> candidates = new ArrayList<>();
    private String log = "kit-log-1";
    private int logs = 1;
    private long position;

    Trial(SinkHarness harness, Path directory) {
        this.harness = harness;
        this.worker = new SinkWorker(
                harness.factory(), new SinkContext(harness.config(), directory, () -> NOW), harness.patience());
    }

    SinkHarness harness() {
        return harness;
    }

    SinkFactory factory() {
        return harness.factory();
    }

    WebWatchConfig config() {
        return harness.config();
    }

    SinkWorker worker() {
        return worker;
    }

    /** Returns the next batch, whose events are expected to be stored in the end. */
    EventBatch batch(List<Event> events) {
        expect(events);
        return unwanted(events);
    }

    /** Returns the next batch, whose events are not expected to be stored. */
    EventBatch unwanted(List<Event> events) {
        candidates.addAll(events);
        return new EventBatch(log, ++position, events, events.size() * 1000L);
    }

    /** Adds events that are expected to be stored in the end. */
    void expect(List<Event> events) {
        events.forEach(event -> expected.put(event.id().toString(), event));
    }

    /** Starts another log, to which further batches belong. */
    void newLog() {
        log = "kit-log-" + ++logs;
        position = 0;
    }

    Attempt begin(List<Event> events) {
        return worker.begin(batch(events));
    }

    WriteResult write(List<Event> events) {
        return worker.end(begin(events));
    }

    void closeSink() throws Exception {
        worker.close(harness.closeBound());
    }

    List<String> stored() throws Exception {
        closeSink();
        return harness.stored(List.copyOf(candidates));
    }

    /** Asserts that exactly the expected events are stored, with copies only if the store keeps them. */
    void assertStored() throws Exception {
        if (harness.keepsCopies()) {
            assertStoredAtLeastOnce();
        } else {
            assertStoredOnce();
        }
    }

    void assertStoredOnce() throws Exception {
        List<String> stored = stored();
        assertSame(stored);
        assertEquals(expected.size(), stored.size(), () -> "Stored more than once: " + copies(stored));
    }

    void assertStoredAtLeastOnce() throws Exception {
        assertSame(stored());
    }

    private void assertSame(List<String> stored) {
        Set<String> missing = new LinkedHashSet<>(expected.keySet());
        stored.forEach(missing::remove);
        Set<String> unexpected = new LinkedHashSet<>(stored);
        unexpected.removeAll(expected.keySet());
        assertTrue(
                missing.isEmpty() && unexpected.isEmpty(),
                () -> "Of " + expected.size() + " events " + missing.size() + " are missing " + some(missing) + ", and "
                        + unexpected.size() + " are stored although they were rejected " + some(unexpected));
    }

    private static List<String> copies(List<String> stored) {
        Map<String, Integer> counts = new HashMap<>();
        stored.forEach(id -> counts.merge(id, 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 1)
                .map(count -> count.getKey() + " × " + count.getValue())
                .limit(10)
                .toList();
    }

    private static List<String> some(Set<String> ids) {
        return ids.stream().limit(10).toList();
    }

    /** Asserts that the last copies of each visitor's events are in the order in which they were written. */
    void assertOrder() throws Exception {
        if (!harness.keepsOrder()) {
            return;
        }
        List<String> stored = stored();
        Set<String> last = new LinkedHashSet<>();
        for (String id : stored) {
            last.remove(id);
            last.add(id);
        }
        Map<String, List<String>> given = new HashMap<>();
        expected.forEach((id, event) -> visitor(given, event).add(id));
        Map<String, List<String>> found = new HashMap<>();
        last.forEach(id -> visitor(found, expected.get(id)).add(id));
        given.forEach((visitor, ids) -> assertEquals(ids, found.get(visitor), "Order of the events of " + visitor));
    }

    private static List<String> visitor(Map<String, List<String>> lists, Event event) {
        return lists.computeIfAbsent(event.context().visitor(), visitor -> new ArrayList<>());
    }

    /** Asserts that the attributes in the store are those of the events. */
    void assertAttributes(List<Event> events) throws Exception {
        closeSink();
        for (Event event : events) {
            Map<String, Object> given = AttributeMap.of(event);
            harness.attributes(event).forEach((name, value) -> {
                Object wanted = given.get(name);
                if (wanted instanceof Number a && value instanceof Number b) {
                    assertEquals(a.doubleValue(), b.doubleValue(), () -> name + " of " + event.id());
                } else if (value instanceof String || value instanceof Boolean) {
                    assertEquals(
                            wanted,
                            value,
                            () -> name + " of " + event.id() + ", a "
                                    + event.type().id());
                }
            });
        }
    }

    /**
     * Asserts that nothing is written to the store any more. There is no event to wait for if a sink is correct, so this
     * observes the store for a fixed time.
     *
     * @param before number of stored events when the sink was closed
     */
    void assertNothingFollows(int before) throws Exception {
        long end = TimeSource.SYSTEM.nanoTime() + AFTERMATH.toNanos();
        do {
            LockSupport.parkNanos(AFTERMATH.toNanos() / 10);
            assertEquals(before, stored().size(), "Events were written after the sink was closed.");
        } while (TimeSource.SYSTEM.nanoTime() - end < 0);
    }

    /** Closes sink and harness. */
    void end() throws Exception {
        try {
            closeSink();
        } finally {
            worker.end();
            harness.close();
        }
    }
}

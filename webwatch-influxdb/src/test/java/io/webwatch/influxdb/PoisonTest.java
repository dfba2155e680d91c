package io.webwatch.influxdb;

import static io.webwatch.test.PlainEvents.click;
import static io.webwatch.test.PlainEvents.context;
import static io.webwatch.test.PlainEvents.event;
import static io.webwatch.test.PlainEvents.pageView;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.Hover;
import io.webwatch.event.MouseMove;
import io.webwatch.sink.WriteResult;
import io.webwatch.sink.WriteResult.Failure;
import io.webwatch.test.PlainEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that a real server refuses are rejected without the others of their batch. */
class PoisonTest {
    private static final long TIME = SinkFixture.NOW.toEpochMilli();

    private InfluxServer server;
    private String database;

    @BeforeEach
    void database() throws Exception {
        server = InfluxServer.shared();
        database = server.createDatabase();
    }

    private static List<Event> views(int count) {
        return PlainEvents.pageViews(count, TIME);
    }

    private static Event outOfRange(Event event) {
        return new Event(event.id(), event.timeMillis(), Long.MAX_VALUE, event.context(), event.data());
    }

    private Set<String> stored(String measurement) throws Exception {
        return server.query(database, "SELECT id FROM " + measurement).stream()
                .map(row -> row.get("id").getAsString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ids(List<Event> events, WriteResult result) {
        Set<Integer> failed = result.failures().stream().map(Failure::index).collect(Collectors.toSet());
        return IntStream.range(0, events.size())
                .filter(i -> !failed.contains(i))
                .mapToObj(i -> events.get(i).id().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private WriteResult write(List<Event> events) {
        try (SinkFixture sink = new SinkFixture(server.url(), database)) {
            return sink.write(events);
        }
    }

    @Test
    void malformedLines_areRejectedWithoutTheOthers() throws Exception {
        List<Event> events = new ArrayList<>(views(300));
        for (int poisoned : new int[] {0, 17, 18, 299}) {
            events.set(poisoned, outOfRange(events.get(poisoned)));
        }

        WriteResult result = write(events);

        assertThat(result.failures()).extracting(Failure::index).containsExactlyInAnyOrder(0, 17, 18, 299);
        assertThat(result.failures())
                .allMatch(failure -> !failure.retriable() && failure.reason().contains("time outside range"));
        assertThat(stored("page_views")).isEqualTo(ids(events, result)).hasSize(296);
    }

    @Test
    void typeConflict_rejectsTheEventsWithThatFieldAtOnce() throws Exception {
        server.write(database, "clicks,page=/ x=\"a text\" " + TIME + "000000\n");
        List<Event> events = new ArrayList<>(views(400));
        for (int i = 0; i < 400; i += 2) {
            events.set(i, event(i, TIME + i, context("v", "p" + i, "/"), click("#buy")));
        }

        WriteResult result = write(events);

        assertThat(result.failures())
                .hasSize(200)
                .allMatch(failure -> !failure.retriable() && failure.index() % 2 == 0);
        assertThat(result.failures().get(0).reason())
                .contains("field type conflict")
                .contains("\"x\"");
        assertThat(stored("page_views")).isEqualTo(ids(events, result)).hasSize(200);
    }

    @Test
    void malformedLinesAndTypeConflicts_areRejectedTogether() throws Exception {
        server.write(database, "clicks,page=/ x=\"a text\" " + TIME + "000000\n");
        List<Event> events = new ArrayList<>(views(50));
        events.set(10, event(10, TIME, context("v", "p10", "/"), click("#buy")));
        events.set(20, outOfRange(events.get(20)));

        WriteResult result = write(events);

        assertThat(result.failures()).extracting(Failure::index).containsExactlyInAnyOrder(10, 20);
        assertThat(stored("page_views")).isEqualTo(ids(events, result)).hasSize(48);
    }

    @Test
    void refusedLinesThatAreNotNamed_areFoundByHalving() throws Exception {
        server.statement("ALTER RETENTION POLICY autogen ON " + database + " DURATION 1h SHARD DURATION 1h");
        long now = System.currentTimeMillis();
        List<Event> events = IntStream.range(0, 200)
                .mapToObj(i -> event(i, i % 50 == 7 ? TIME + i : now, context("v", "p" + i, "/"), pageView()))
                .toList();

        WriteResult result = write(events);

        assertThat(result.failures()).extracting(Failure::index).containsExactlyInAnyOrder(7, 57, 107, 157);
        assertThat(result.failures())
                .allMatch(failure -> !failure.retriable() && failure.reason().contains("retention policy"));
        assertThat(stored("page_views")).isEqualTo(ids(events, result)).hasSize(196);
    }

    @Test
    void eventsBeyondTheServersRetention_areRejectedAtOnce() throws Exception {
        server.statement("ALTER RETENTION POLICY autogen ON " + database + " DURATION 1h SHARD DURATION 1h");

        WriteResult result = write(views(500));

        assertThat(result.failures())
                .hasSize(500)
                .allMatch(failure -> !failure.retriable() && failure.reason().contains("retention policy"));
    }

    @Test
    void largeBatchOfRefusedEvents_isRejectedInSeveralAttempts() throws Exception {
        List<Event> left = views(500).stream().map(PoisonTest::outOfRange).toList();
        Set<String> rejected = new TreeSet<>();
        int attempts = 0;
        try (SinkFixture sink = new SinkFixture(server.url(), database)) {
            for (; !left.isEmpty() && attempts < 10; attempts++) {
                List<Event> sent = left;
                WriteResult result = sink.write(sent);
                result.failures().stream()
                        .filter(failure -> !failure.retriable())
                        .forEach(failure ->
                                rejected.add(sent.get(failure.index()).id().toString()));
                left = result.retriableIndices(sent.size()).stream()
                        .map(sent::get)
                        .toList();
            }
        }

        assertThat(rejected).hasSize(500);
        assertThat(attempts)
                .as("an attempt is limited, and rejects at least one event for every two requests")
                .isBetween(2, 500 / (BatchRequests.MAX_REQUESTS / 2) + 1);
    }

    @Test
    void bodyTooLargeForTheProxy_isSplit() throws Exception {
        String big = "x".repeat(400);
        List<Event> events = IntStream.range(0, 300)
                .mapToObj(i -> event(i, TIME + i, context("v", "p" + i, "/"), new Custom("n", noise(i, big))))
                .toList();
        try (HttpFront front = new HttpFront(server.port());
                SinkFixture sink = new SinkFixture(front.url(), database)) {
            front.limitBody(20_000);

            assertThat(sink.write(events).isWritten()).isTrue();

            assertThat(front.answered(413)).isPositive();
        }
        assertThat(stored("custom_events")).hasSize(300);
    }

    @Test
    void batchOfManyPoints_isSentInRequestsOfLimitedSize() throws Exception {
        List<MouseMove.Cell> cells = IntStream.range(0, 200)
                .mapToObj(i -> new MouseMove.Cell(i, i, 50))
                .toList();
        EventData move = new MouseMove(20, 1200, 4000, false, cells);
        List<Event> events = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(i -> event(i, TIME + i, context("v", "p" + i, "/"), move))
                .toList());
        events.set(3, outOfRange(events.get(3)));
        events.set(97, outOfRange(events.get(97)));

        WriteResult result = write(events);

        assertThat(result.failures()).extracting(Failure::index).containsExactlyInAnyOrder(3, 97);
        assertThat(result.failures()).noneMatch(Failure::retriable);
        assertThat(stored("mouse_movements")).isEqualTo(ids(events, result)).hasSize(98);
        assertThat(server.number(database, "SELECT count(dwell_ms) FROM mouse_movements", "count"))
                .isEqualTo(98 * 200);
    }

    @Test
    void batchOfManyPoints_thatFailsHalfway_isRetriedFromThere() throws Exception {
        List<MouseMove.Cell> cells = IntStream.range(0, 200)
                .mapToObj(i -> new MouseMove.Cell(i, i, 50))
                .toList();
        EventData move = new MouseMove(20, 1200, 4000, false, cells);
        List<Event> events = IntStream.range(0, 100)
                .mapToObj(i -> event(i, TIME + i, context("v", "p" + i, i < 60 ? "/" : "/awaited"), move))
                .toList();
        try (HttpFront front = new HttpFront(server.port());
                SinkFixture sink = new SinkFixture(front.url(), database)) {
            front.dislike("/awaited", 503);
            WriteResult result = sink.write(events);

            List<Integer> again = result.retriableIndices(100);
            int failed = beginOfRequestWith(60, events);
            assertThat(failed).as("a request was written before").isPositive();
            assertThat(again).isEqualTo(IntStream.range(failed, 100).boxed().toList());
            assertThat(stored("mouse_movements")).isEqualTo(ids(events, result));
            front.dislike("", 0);
            assertThat(sink.write(again.stream().map(events::get).toList()).isWritten())
                    .isTrue();
        }
        assertThat(stored("mouse_movements")).hasSize(100);
    }

    /** Returns the index of the first event of the request in which an event is sent. */
    private static int beginOfRequestWith(int event, List<Event> events) {
        LineEncoder encoder = new LineEncoder(5_000);
        int begin = 0;
        int end = encoder.encode(events);
        while (end <= event) {
            begin = end;
            end += encoder.encode(events.subList(begin, events.size()));
        }
        return begin;
    }

    /** Returns text that gzip cannot compress. */
    private static Map<String, Object> noise(int seed, String big) {
        Random random = new Random(seed);
        return Map.of(
                "noise",
                big.chars()
                        .mapToObj(c -> Character.toString(33 + random.nextInt(90)))
                        .collect(Collectors.joining()));
    }

    @Test
    void linesThatQuestDbCannotParse_areRejectedWithoutTheOthers() throws Exception {
        QuestServer quest = QuestServer.shared();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(event(
                    i,
                    TIME + i,
                    context("v", "quest" + i, "/"),
                    new Hover(i == 13 || i == 40 ? "line\nfeed" + i : "e" + i, 5)));
        }
        WriteResult result;
        try (SinkFixture sink = new SinkFixture(quest.url(), "any")) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !sink.write(List.of(events.get(0))).isAllRetriable()); // creates the table
            result = sink.write(events);
        }

        assertThat(result.failures()).extracting(Failure::index).containsExactlyInAnyOrder(13, 40);
        assertThat(result.failures()).allMatch(failure -> !failure.retriable());
        Set<String> expected = ids(events, result);
        Awaitility.await().untilAsserted(() -> {
            Set<String> stored = quest.query("SELECT id FROM hovers").stream()
                    .map(row -> row.get("id").getAsString())
                    .filter(id -> id.startsWith("quest"))
                    .collect(Collectors.toSet());
            assertThat(stored).isEqualTo(expected).hasSize(58);
        });
    }
}

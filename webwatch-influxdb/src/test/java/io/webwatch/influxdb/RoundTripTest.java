package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import io.webwatch.event.Form;
import io.webwatch.event.MouseMove;
import io.webwatch.event.Session;
import io.webwatch.fixture.EventSamples;
import io.webwatch.test.AttributeMap;
import io.webwatch.test.PlainEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real servers return the attributes of events under the documented names, verbatim. */
class RoundTripTest {
    private static final List<String> QUEST_TEXTS = List.of( // without a line feed, which QuestDB does not accept
            "plain",
            "",
            " ",
            "a,b c=d",
            "\"quoted\" 'single' `back`",
            "back\\slash \\\" \\, \\= \\\\",
            "ends in one\\",
            "carriage\rreturn\ttab",
            "\u0001\u001f\u007f",
            "a\u0000b",
            "grüße 日本語 🛒👩‍👩‍👧 \u202e rtl",
            "'; DROP TABLE clicks; --",
            "12i");
    private static final long TIME = SinkFixture.NOW.toEpochMilli();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                " ",
                "a,b c=d",
                "\"quoted\" 'single' `back`",
                "back\\slash \\\" \\, \\= \\\\",
                "ends in one\\",
                "ends in two\\\\",
                "line\r\nfeed\ttab\n",
                "\u0001\u001f\u007f",
                "a\u0000b",
                "grüße 日本語 🛒👩‍👩‍👧 \u202e rtl",
                "'; DROP MEASUREMENT clicks; --",
                "{\"json\": [1, 2]} %s ${x}",
                "#comment",
                "true",
                "12i",
                "NULL",
                "time=1 2",
                "(other)"
            })
    void everyType_comesBackVerbatimFromInfluxDb(String text) throws Exception {
        InfluxServer server = InfluxServer.shared();
        String database = server.createDatabase();
        List<Event> events = EventSamples.everyType(text);

        try (SinkFixture sink = new SinkFixture(server.url(), database)) {
            assertThat(sink.write(events).isWritten()).isTrue();
        }

        for (Event event : events) {
            List<Map<String, JsonElement>> rows = server.query(
                    database,
                    "SELECT * FROM \"" + Measurements.name(event.type()) + "\" WHERE time = " + event.timeNanos());
            assertThat(rows).as("%s", event.type()).hasSize(1);
            assertRow(rows.get(0), event, true);
        }
    }

    @Test
    void everyType_comesBackVerbatimFromQuestDb() throws Exception {
        QuestServer server = QuestServer.shared();
        List<Event> events = new ArrayList<>();
        for (String text : QUEST_TEXTS) {
            events.addAll(EventSamples.everyType(text));
        }
        try (SinkFixture sink = new SinkFixture(server.url(), "any")) {
            // Creating its tables takes QuestDB longer than the time-out of a write.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> sink.write(events).isWritten());
        }

        for (EventType type : EventType.values()) {
            List<Event> written =
                    events.stream().filter(event -> event.type() == type).toList();
            String query = "SELECT * FROM " + Measurements.name(type);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(server.query(query)).as("%s", type).hasSameSizeAs(written));
            Map<String, Map<String, JsonElement>> rows = new HashMap<>();
            server.query(query).forEach(row -> rows.put(row.get("id").getAsString(), row));
            for (Event event : written) {
                assertRow(rows.get(event.id().toString()), event, false);
            }
        }
    }

    @Test
    void session_isReplacedByItsLaterCopy() throws Exception {
        InfluxServer server = InfluxServer.shared();
        String database = server.createDatabase();
        try (SinkFixture sink = new SinkFixture(server.url(), database)) {
            sink.write(List.of(session(new Session(false, 10, 5, 1, 2, "/in", "/in", true))));
            sink.write(List.of(session(new Session(true, 9000, 4000, 3, 7, "/in", "/out", false))));
        }

        List<Map<String, JsonElement>> rows = server.query(database, "SELECT * FROM session_durations");

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("state").getAsString()).isEqualTo("ended");
        assertThat(rows.get(0).get("duration_ms").getAsLong()).isEqualTo(9000);
        assertThat(rows.get(0).get("exit").getAsString()).isEqualTo("/out");
        assertThat(rows.get(0).get("bounce").getAsBoolean()).isFalse();
    }

    private static Event session(Session session) {
        return new Event(new EventId("s", 0), TIME, TIME * 1_000_000, PlainEvents.context("v", "p", "/in"), session);
    }

    private static void assertRow(Map<String, JsonElement> row, Event event, boolean nanos) {
        if (nanos) {
            assertThat(row.get("time").getAsLong()).isEqualTo(event.timeNanos());
        }
        Map<String, Object> expected = Expected.of(event);
        expected.forEach((name, value) -> assertThat(stored(row, name, value))
                .as("%s of %s", name, event.type())
                .isEqualTo(value));
        Set<String> known = Set.of("time", "timestamp", "page");
        assertThat(row.keySet().stream()
                        .filter(name -> !known.contains(name) && !name.endsWith("_exact"))
                        .filter(name -> !row.get(name).getAsString().isEmpty())
                        .filter(name -> !isPropertyOfTheText(name, event)))
                .as("%s", event.type())
                .isSubsetOf(expected.keySet());
    }

    private static boolean isPropertyOfTheText(String name, Event event) {
        return event.type() == EventType.CUSTOM && (name.startsWith("text_") || name.equals("props"));
    }

    /** Returns the value of a field or tag; that of the exact field if the tag does not hold it verbatim. */
    private static @Nullable Object stored(Map<String, JsonElement> row, String name, Object expected) {
        String column = name.equals("route") ? "page" : name;
        JsonElement exact = row.get(column + "_exact");
        JsonElement value = exact != null ? exact : row.get(column);
        if (value == null) {
            return null;
        }
        if (expected instanceof JsonElement) {
            return JsonParser.parseString(value.getAsString());
        }
        if (expected instanceof Long) {
            return value.getAsLong();
        }
        if (expected instanceof Double) {
            return value.getAsDouble();
        }
        return expected instanceof Boolean ? (Object) value.getAsBoolean() : value.getAsString();
    }

    /** The tags and fields of an event by the names of {@code docs/influxdb.md}. */
    private static final class Expected {
        static Map<String, Object> of(Event event) {
            Map<String, Object> values = new HashMap<>(AttributeMap.of(event));
            values.values().removeIf(value -> value instanceof Map || value instanceof List); // added below
            values.keySet().removeAll(Set.of("type", "time", "time_ns"));
            EventData data = event.data();
            if (data instanceof MouseMove move) {
                MouseMove.Cell cell = move.cells().get(0);
                values.keySet()
                        .retainAll(Set.of(
                                "id",
                                "visitor",
                                "session",
                                "user",
                                "page_view",
                                "path",
                                "route",
                                "site",
                                "device",
                                "cell_px",
                                "document_width",
                                "document_height",
                                "fixed"));
                values.put("cell", cell.column() + ":" + cell.row());
                values.put("column", (long) cell.column());
                values.put("row", (long) cell.row());
                values.put("dwell_ms", cell.dwellMillis());
            } else if (data instanceof Click click && click.box() != null) {
                values.put("box_x", (long) click.box().x());
                values.put("box_y", (long) click.box().y());
                values.put("box_width", (long) click.box().width());
                values.put("box_height", (long) click.box().height());
            } else if (data instanceof Form form) {
                Form.Field field = form.fields().get(0);
                JsonObject json = new JsonObject();
                json.addProperty("name", field.name());
                json.addProperty("focuses", field.focuses());
                json.addProperty("ms", field.millis());
                json.addProperty("changes", field.changes());
                JsonArray fields = new JsonArray();
                fields.add(json);
                values.put("fields", fields);
            } else if (data instanceof Custom) {
                values.put("num_number", 5.0);
                values.put("num_decimal", 2.5);
                values.put("flag_flag", true);
            }
            return values;
        }
    }
}

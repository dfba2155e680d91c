package io.webwatch.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.event.PageView;
import io.webwatch.fixture.EventSamples;
import io.webwatch.fixture.TestEvents;
import io.webwatch.json.EventJson;
import io.webwatch.test.AttributeMap;
import io.webwatch.test.PlainEvents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each attribute of an event is stored in the column with its documented name. */
class RoundTripTest {
    private static final long TIME = StoreFile.NOW.toEpochMilli();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "'; DROP TABLE events; --",
                "\"quoted\" 'single' `back` \\ backslash",
                "line\r\nfeed\ttab\u0001\u001f\u007f",
                "a\u0000b",
                "grüße 日本語 🛒👩‍👩‍👧 \u202e rtl",
                "</script><script>alert(1)</script>",
                "{\"json\": [1, 2]} %s ${x} {{y}}",
                "NULL"
            })
    void everyType_comesBackVerbatim(String text) throws Exception {
        List<Event> events = EventSamples.everyType(text).stream()
                .filter(event -> event.type() != EventType.SESSION)
                .toList();

        List<Map<String, @Nullable Object>> rows = written(events, "events");

        for (int i = 0; i < events.size(); i++) {
            assertRow(rows.get(i), events.get(i));
            assertThat(rows.get(i).get("properties"))
                    .hasToString(EventJson.properties(events.get(i).data()));
        }
    }

    @Test
    void session_comesBackVerbatim() throws Exception {
        Event event = EventSamples.of(EventType.SESSION);

        assertRow(written(List.of(event), "sessions").get(0), event);
    }

    @Test
    void unknownAttribute_isNull() throws Exception {
        EventContext context = TestEvents.pageView(1, "visitor", "/").context();
        Event event = PlainEvents.event(1, TIME, context, new PageView(PageView.Kind.LOAD, null));

        Map<String, @Nullable Object> row = written(List.of(event), "events").get(0);

        assertRow(row, event);
        assertThat(row)
                .containsEntry("title", null)
                .containsEntry("viewport_height", null)
                .containsEntry("load_ms", null);
    }

    @Test
    void properties_canBeQueriedAsJson() throws Exception {
        EventData data = new Custom("order", Map.of("total", 12.5, "currency", "EUR"));
        written(List.of(EventSamples.with(data)), "events");

        assertThat(
                        new StoreFile(directory)
                                .rows(
                                        "SELECT properties->>'$.props.currency', (properties->'$.props.total')::DOUBLE FROM events"))
                .containsExactly(List.of("EUR", 12.5));
    }

    private List<Map<String, @Nullable Object>> written(List<Event> events, String table) throws Exception {
        StoreFile file = new StoreFile(directory);
        try (DuckDbStore store = file.open()) {
            assertThat(StoreFile.write(store, StoreFile.batch("log", 1, events)).isWritten())
                    .isTrue();
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = file.jdbc();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT * REPLACE (epoch_ms(time) AS time) FROM " + table + " ORDER BY sequence")) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i), result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void assertRow(Map<String, @Nullable Object> row, Event event) {
        Map<String, Object> attributes = AttributeMap.of(event);
        assertThat(row).containsEntry("id_page_view", event.id().pageView());
        assertThat(row).containsEntry("sequence", event.id().sequence());
        row.forEach((column, value) -> {
            if (!Set.of("id_page_view", "sequence", "properties").contains(column)) {
                Object expected = attributes.get(column);
                Object actual = value instanceof Integer number ? (Object) number.longValue() : value;
                assertThat(actual).as("%s of %s", column, event.type()).isEqualTo(expected);
            }
        });
    }
}

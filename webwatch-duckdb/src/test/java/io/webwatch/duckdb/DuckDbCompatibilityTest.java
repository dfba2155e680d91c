package io.webwatch.duckdb;

import io.webwatch.event.Event;
import io.webwatch.sink.SinkFactory;
import io.webwatch.test.sink.SinkCompatibilityKit;
import io.webwatch.test.sink.SinkHarness;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The store passes the tests for all sinks. */
class DuckDbCompatibilityTest extends SinkCompatibilityKit {
    @Override
    protected SinkHarness harness(Path directory) {
        return new Harness(new StoreFile(directory));
    }

    private record Harness(StoreFile file) implements SinkHarness {
        @Override
        public SinkFactory factory() {
            return new DuckDbSinkFactory();
        }

        @Override
        public List<String> stored(List<Event> candidates) throws SQLException {
            return file
                    .rows("SELECT id FROM (SELECT id_page_view || '.' || sequence AS id, time_ns, rowid AS n, 0 AS t"
                            + " FROM events UNION ALL SELECT id_page_view || '.' || sequence, time_ns, rowid, 1"
                            + " FROM sessions) ORDER BY t, n")
                    .stream()
                    .map(row -> (String) row.get(0))
                    .collect(Collectors.toList());
        }

        /** Sessions are in a separate table, so the common order of all events is unknown. */
        @Override
        public boolean keepsOrder() {
            return false;
        }

        @Override
        public Map<String, ?> attributes(Event event) throws SQLException {
            String table = event.type().id().equals("session") ? "sessions" : "events";
            try (Connection connection = file.jdbc();
                    PreparedStatement select = connection.prepareStatement(
                            "SELECT * EXCLUDE (time) FROM " + table + " WHERE id_page_view = ? AND sequence = ?")) {
                select.setString(1, event.id().pageView());
                select.setLong(2, event.id().sequence());
                try (ResultSet rows = select.executeQuery()) {
                    if (!rows.next()) {
                        throw new AssertionError(event.id() + " is not in " + table);
                    }
                    Map<String, Object> attributes = new HashMap<>();
                    ResultSetMetaData columns = rows.getMetaData();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        Object value = rows.getObject(i);
                        if (value != null && !columns.getColumnName(i).matches("id_page_view|sequence|properties")) {
                            attributes.put(columns.getColumnName(i), value);
                        }
                    }
                    return attributes;
                }
            }
        }
    }
}

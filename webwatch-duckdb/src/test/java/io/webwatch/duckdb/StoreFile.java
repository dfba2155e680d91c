package io.webwatch.duckdb;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** The file of a store. Opens the store, and reads the file with JDBC while the store is closed. */
record StoreFile(Path directory) {
    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    DuckDbStore open() throws IOException {
        return open(WebWatchConfig.defaults());
    }

    DuckDbStore open(WebWatchConfig config) throws IOException {
        return open(config, () -> NOW);
    }

    DuckDbStore open(WebWatchConfig config, InstantSource clock) throws IOException {
        return new DuckDbSinkFactory().create(new SinkContext(config, directory, clock));
    }

    Path path() {
        return directory.resolve("webwatch.duckdb");
    }

    static EventBatch batch(String log, long position, List<Event> events) {
        return new EventBatch(log, position, events, events.size() * 500L);
    }

    static WriteResult write(DuckDbStore store, EventBatch batch) {
        return store.write(batch).toCompletableFuture().join();
    }

    Connection jdbc() throws SQLException {
        return new DuckDBDriver().connect("jdbc:duckdb:" + path(), new Properties());
    }

    /** Returns the rows of a query on the closed file. */
    List<List<@Nullable Object>> rows(String sql) throws SQLException {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    long number(String sql) throws SQLException {
        return ((Number) rows(sql).get(0).get(0)).longValue();
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = jdbc();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}

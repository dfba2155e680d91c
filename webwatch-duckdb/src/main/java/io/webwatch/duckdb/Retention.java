package io.webwatch.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes events and sessions that are older than the retention. Runs once per hour, and deletes in chunks between batches,
 * so that no write is delayed for long. Used by the sink's worker only.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    static final int CHUNK_ROWS = 20_000;

    private final Duration age;
    private Instant due = Instant.MIN;
    private long deleted;

    Retention(Duration age) {
        this.age = age;
    }

    /** Deletes one chunk if deletion is due. */
    void run(DuckDBConnection connection, Instant now) throws SQLException {
        if (now.isBefore(due)) {
            return;
        }
        LocalDateTime cutoff = BatchWriter.utc(now.minus(age).toEpochMilli());
        long rows = delete(connection, "events", cutoff) + delete(connection, "sessions", cutoff);
        deleted += rows;
        if (rows < CHUNK_ROWS) {
            due = now.plus(INTERVAL);
            finish(connection, cutoff);
        }
    }

    /** Deletes one chunk of a table. The limit by row id avoids reading the part of the table that is kept. */
    private static long delete(DuckDBConnection connection, String table, LocalDateTime cutoff) throws SQLException {
        try (PreparedStatement last = connection.prepareStatement("SELECT max(rowid) FROM (SELECT rowid FROM " + table
                + " WHERE time < ? ORDER BY rowid LIMIT " + CHUNK_ROWS + ")")) {
            last.setObject(1, cutoff);
            try (ResultSet row = last.executeQuery()) {
                row.next();
                long id = row.getLong(1);
                return row.wasNull() ? 0 : delete(connection, table, cutoff, id);
            }
        }
    }

    private static long delete(DuckDBConnection connection, String table, LocalDateTime cutoff, long lastRow)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE time < ? AND rowid <= ?")) {
            delete.setObject(1, cutoff);
            delete.setLong(2, lastRow);
            return delete.executeLargeUpdate();
        }
    }

    private void finish(DuckDBConnection connection, LocalDateTime cutoff) throws SQLException {
        if (deleted == 0) {
            return;
        }
        LOG.info("Deleted {} DuckDB rows from before {} UTC (webwatch.duckdb.retention).", deleted, cutoff);
        deleted = 0;
        try (PreparedStatement cursors = connection.prepareStatement("DELETE FROM cursor WHERE updated < ?")) {
            cursors.setObject(1, cutoff);
            cursors.executeUpdate();
        }
        try (Statement checkpoint = connection.createStatement()) {
            checkpoint.execute("CHECKPOINT");
        } catch (SQLException e) {
            LOG.debug("Could not checkpoint while queries are running. The next checkpoint frees the space.", e);
        }
    }
}

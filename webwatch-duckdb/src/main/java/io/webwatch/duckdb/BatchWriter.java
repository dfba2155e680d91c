package io.webwatch.duckdb;

import io.webwatch.event.Event;
import io.webwatch.event.Session;
import io.webwatch.json.EventEncoder;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.WriteResult;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches on one connection, each in one transaction with its position in the log. After an exception the
 * transaction is rolled back, and the writer must not be used any more. Not thread-safe.
 */
final class BatchWriter implements AutoCloseable {
    private final DuckDBConnection connection;
    private final Statement statement;
    private final PreparedStatement updateCursor;
    private final PreparedStatement insertCursor;
    private final EventRows rows = new EventRows();
    private final EventEncoder json = new EventEncoder();
    private final Map<String, Long> committed = new HashMap<>();
    private @Nullable DuckDBAppender events;
    private @Nullable DuckDBAppender sessions;

    BatchWriter(DuckDBConnection connection) throws SQLException {
        this.connection = connection;
        statement = connection.createStatement();
        updateCursor = connection.prepareStatement("UPDATE cursor SET position = ?, updated = ? WHERE log = ?");
        insertCursor = connection.prepareStatement("INSERT INTO cursor (position, updated, log) VALUES (?, ?, ?)");
        try (ResultSet cursors = statement.executeQuery("SELECT log, max(position) FROM cursor GROUP BY log")) {
            while (cursors.next()) {
                committed.put(cursors.getString(1), cursors.getLong(2));
            }
        }
    }

    /** Returns whether the batch was committed before. */
    boolean isCommitted(EventBatch batch) {
        return batch.position() <= committed.getOrDefault(batch.log(), 0L);
    }

    /**
     * Writes the batch and its position, or nothing.
     *
     * @return the result, in which events that DuckDB can never accept are rejected
     * @throws SQLException if nothing was written, or the outcome is unknown because the commit failed
     */
    WriteResult write(EventBatch batch, Instant now) throws SQLException {
        Rejections rejections = new Rejections();
        while (!tryWrite(batch, now, rejections)) {
            // an event was rejected: try again without it
        }
        committed.put(batch.log(), batch.position());
        return rejections.result();
    }

    private boolean tryWrite(EventBatch batch, Instant now, Rejections rejections) throws SQLException {
        statement.execute("BEGIN");
        try {
            if (!append(batch, rejections)) {
                rollback();
                return false;
            }
            moveCursor(batch, now);
            statement.execute("COMMIT");
            return true;
        } catch (SQLException | RuntimeException e) {
            rollback();
            throw e;
        }
    }

    private boolean append(EventBatch batch, Rejections rejections) throws SQLException {
        Map<String, Event> latestSessions = new LinkedHashMap<>();
        DuckDBAppender appender = events();
        int appended = 0;
        for (int i = 0; i < batch.size(); i++) {
            Event event = batch.events().get(i);
            if (rejections.contains(i)) {
                continue;
            }
            if (event.data() instanceof Session) {
                latestSessions.put(event.context().session(), event);
                continue;
            }
            try {
                rows.event(appender, event, new String(json.encode(event.data()), StandardCharsets.UTF_8));
                appended++;
            } catch (RuntimeException e) {
                // A value does not fit into its column. An SQLException in contrast does not depend on the event.
                rejections.add(i, "DuckDB does not accept the event: " + Database.firstLine(e));
                return false;
            }
        }
        if (appended > 0) {
            appender.flush();
        }
        if (!latestSessions.isEmpty()) {
            replaceSessions(latestSessions);
        }
        return true;
    }

    /**
     * Replaces earlier copies of sessions by the latest ones. All copies of a session have the same time, so only the part
     * of the table with these times is searched.
     */
    private void replaceSessions(Map<String, Event> latest) throws SQLException {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Event event : latest.values()) {
            first = Math.min(first, event.timeMillis());
            last = Math.max(last, event.timeMillis());
        }
        String marks = "?, ".repeat(latest.size() - 1) + "?";
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM sessions WHERE time >= ? AND time <= ? AND session IN (" + marks + ")")) {
            delete.setObject(1, utc(first));
            delete.setObject(2, utc(last));
            int index = 3;
            for (String session : latest.keySet()) {
                delete.setString(index++, session);
            }
            delete.executeUpdate();
        }
        DuckDBAppender appender = sessions();
        for (Event event : latest.values()) {
            rows.session(appender, event, (Session) event.data());
        }
        appender.flush();
    }

    private void moveCursor(EventBatch batch, Instant now) throws SQLException {
        PreparedStatement move = committed.containsKey(batch.log()) ? updateCursor : insertCursor;
        move.setLong(1, batch.position());
        move.setObject(2, utc(now.toEpochMilli()));
        move.setString(3, batch.log());
        move.executeUpdate();
    }

    private DuckDBAppender events() throws SQLException {
        DuckDBAppender appender = events;
        if (appender == null) {
            appender = connection.createAppender("events");
            events = appender;
        }
        return appender;
    }

    private DuckDBAppender sessions() throws SQLException {
        DuckDBAppender appender = sessions;
        if (appender == null) {
            appender = connection.createAppender("sessions");
            sessions = appender;
        }
        return appender;
    }

    /** Closes the appenders first: closing flushes what they buffer, which must be rolled back too. */
    private void rollback() {
        closeAppenders();
        Database.rollback(connection);
    }

    private void closeAppenders() {
        if (events != null) {
            Database.closeQuietly(events);
            events = null;
        }
        if (sessions != null) {
            Database.closeQuietly(sessions);
            sessions = null;
        }
    }

    static LocalDateTime utc(long epochMillis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        closeAppenders();
        Database.closeQuietly(updateCursor);
        Database.closeQuietly(insertCursor);
        Database.closeQuietly(statement);
    }

    /** Rejected events by index. */
    private static final class Rejections {
        private final Map<Integer, String> reasons = new LinkedHashMap<>();

        boolean contains(int index) {
            return !reasons.isEmpty() && reasons.containsKey(index);
        }

        void add(int index, String reason) {
            reasons.put(index, reason);
        }

        WriteResult result() {
            List<WriteResult.Failure> failures = new ArrayList<>();
            reasons.forEach((index, reason) -> failures.add(new WriteResult.Failure(index, false, reason)));
            return WriteResult.partial(failures, null);
        }
    }
}

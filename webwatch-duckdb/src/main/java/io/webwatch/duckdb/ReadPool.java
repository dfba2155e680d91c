package io.webwatch.duckdb;

import io.webwatch.query.QueryException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/**
 * Runs queries beside the writer, on connections of their own: a bounded number at once, each within a time-out.
 * Thread-safe. Made for one opening of the file; a new opening has a new pool.
 */
final class ReadPool implements AutoCloseable {
    /** Takes what it needs from a query's rows. */
    interface RowReader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private static final int MAX_PARALLEL = 4;
    private static final long MAX_WAIT_SECONDS = 10;

    private final DuckDBConnection source;
    private final int timeoutSeconds;
    private final Semaphore slots = new Semaphore(MAX_PARALLEL, true);
    private final Deque<DuckDBConnection> idle = new ArrayDeque<>();
    private final List<PreparedStatement> running = new ArrayList<>();
    private boolean closed;

    ReadPool(DuckDBConnection source, Duration timeout) {
        this.source = source;
        this.timeoutSeconds = Math.toIntExact(Math.max(1, timeout.toSeconds()));
    }

    <T> T query(Sql sql, RowReader<T> reader) throws QueryException {
        acquireSlot();
        try {
            DuckDBConnection connection = borrow();
            boolean healthy = false;
            try {
                T result = run(connection, sql, reader);
                healthy = true;
                return result;
            } finally {
                giveBack(connection, healthy);
            }
        } catch (SQLTimeoutException e) {
            throw new QueryException(
                    QueryException.Reason.TIMEOUT,
                    "The query took more than " + timeoutSeconds + " s. Ask for a shorter range or fewer dimensions.",
                    e);
        } catch (SQLException e) {
            throw new QueryException(
                    QueryException.Reason.UNAVAILABLE,
                    "The store could not answer (" + Database.firstLine(e) + ").",
                    e);
        } finally {
            slots.release();
        }
    }

    private <T> T run(DuckDBConnection connection, Sql sql, RowReader<T> reader) throws SQLException, QueryException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            List<Object> parameters = sql.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            statement.setQueryTimeout(timeoutSeconds);
            register(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            } finally {
                unregister(statement);
            }
        }
    }

    private void acquireSlot() throws QueryException {
        try {
            if (!slots.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new QueryException(
                        QueryException.Reason.UNAVAILABLE,
                        "The store is busy with " + MAX_PARALLEL + " other queries. Ask again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(QueryException.Reason.UNAVAILABLE, "The query was interrupted.", e);
        }
    }

    private synchronized DuckDBConnection borrow() throws SQLException, QueryException {
        if (closed) {
            throw notOpen();
        }
        DuckDBConnection connection = idle.poll();
        return connection != null ? connection : source.duplicate();
    }

    private void giveBack(DuckDBConnection connection, boolean healthy) {
        synchronized (this) {
            if (healthy && !closed) {
                idle.push(connection);
                return;
            }
        }
        Database.closeQuietly(connection);
    }

    private synchronized void register(PreparedStatement statement) throws QueryException {
        if (closed) {
            throw notOpen();
        }
        running.add(statement);
    }

    private synchronized void unregister(PreparedStatement statement) {
        running.remove(statement);
    }

    static QueryException notOpen() {
        return new QueryException(
                QueryException.Reason.UNAVAILABLE, "The store is not open now; the status page says why.");
    }

    /** Ends running queries and waits for them a few seconds, so that the file is free afterwards. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            idle.forEach(Database::closeQuietly);
            idle.clear();
            for (PreparedStatement statement : running) {
                cancel(statement);
            }
        }
        try {
            if (slots.tryAcquire(MAX_PARALLEL, 3, TimeUnit.SECONDS)) {
                slots.release(MAX_PARALLEL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException ignored) {
            // it ended in the meantime
        }
    }
}

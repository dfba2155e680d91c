package io.webwatch.duckdb;

import io.webwatch.query.QueryException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/**
 * Runs queries in parallel to the writer, on separate connections: at most {@value #MAX_PARALLEL} at the same time, each
 * with a time-out. Thread-safe. Each time the file is opened, a new pool is created.
 */
final class ReadPool implements AutoCloseable {
    /** Reads the result of a query. */
    interface RowReader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private interface Work<T> {
        T run(DuckDBConnection connection) throws SQLException, QueryException;
    }

    private interface Answer<T> {
        T get() throws SQLException;
    }

    static final int MAX_PARALLEL = 4;

    private final DuckDBConnection source;
    private final int timeoutSeconds;
    private final Duration maxWait;
    private final Semaphore slots = new Semaphore(MAX_PARALLEL, true);
    private final Deque<DuckDBConnection> idle = new ArrayDeque<>();
    private final List<Statement> running = new ArrayList<>();
    private boolean closed;

    /**
     * Creates a pool of connections to the file of the given connection.
     *
     * @param timeout maximum time of each query, at least a second
     * @param maxWait maximum time that a query waits for others to end
     */
    ReadPool(DuckDBConnection source, Duration timeout, Duration maxWait) {
        this.source = source;
        this.maxWait = maxWait;
        this.timeoutSeconds = Math.toIntExact(Math.max(1, timeout.toSeconds()));
    }

    /**
     * Runs one query.
     *
     * @throws QueryException if the query takes too long, too many others are running, or the file is not open
     */
    <T> T query(Sql sql, RowReader<T> reader) throws QueryException {
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                List<Object> parameters = sql.parameters();
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, parameters.get(i));
                }
                statement.setQueryTimeout(timeoutSeconds);
                return cancellable(statement, () -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return reader.read(rows);
                    }
                });
            }
        });
    }

    /** Runs a statement without a result and without a time-out. */
    void execute(String sql) throws QueryException {
        with(connection -> {
            try (Statement statement = connection.createStatement()) {
                return cancellable(statement, () -> statement.execute(sql));
            }
        });
    }

    private <T> T with(Work<T> work) throws QueryException {
        acquireSlot();
        try {
            DuckDBConnection connection = borrow();
            boolean healthy = false;
            try {
                T result = work.run(connection);
                healthy = true;
                return result;
            } finally {
                giveBack(connection, healthy);
            }
        } catch (SQLException e) {
            throw translated(e);
        } finally {
            slots.release();
        }
    }

    private QueryException translated(SQLException e) {
        if (isClosed()) {
            return notOpen();
        }
        if (e instanceof SQLTimeoutException) {
            return new QueryException(
                    QueryException.Reason.TIMEOUT,
                    "The query took more than " + timeoutSeconds + " s. Use a shorter range or fewer dimensions.",
                    e);
        }
        return new QueryException(QueryException.Reason.UNAVAILABLE, "The query failed: " + Database.firstLine(e), e);
    }

    private <T> T cancellable(Statement statement, Answer<T> answer) throws SQLException, QueryException {
        synchronized (this) {
            if (closed) {
                throw notOpen();
            }
            running.add(statement);
        }
        try {
            return answer.get();
        } finally {
            synchronized (this) {
                running.remove(statement);
            }
        }
    }

    private void acquireSlot() throws QueryException {
        try {
            if (!slots.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new QueryException(
                        QueryException.Reason.UNAVAILABLE,
                        "The store is busy with " + MAX_PARALLEL + " other queries. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(QueryException.Reason.UNAVAILABLE, "The query was interrupted.", e);
        }
    }

    synchronized int runningQueries() {
        return running.size();
    }

    private synchronized boolean isClosed() {
        return closed;
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

    static QueryException notOpen() {
        return new QueryException(
                QueryException.Reason.UNAVAILABLE, "The store is not open. See the status page for the reason.");
    }

    /** Cancels running queries and waits a few seconds for their end, so that the file can be closed. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            idle.forEach(Database::closeQuietly);
            idle.clear();
            for (Statement statement : running) {
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

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException ignored) {
            // it has ended in the meantime
        }
    }
}

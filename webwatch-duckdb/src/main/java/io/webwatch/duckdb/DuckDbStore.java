package io.webwatch.duckdb;

import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryStore;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store, which keeps all events in one DuckDB file. A batch and its position in the log are written in one
 * transaction, so that a repeated batch is recognized and a crash leaves only complete batches.
 *
 * <p>{@link #write} and {@link #close} are called by the sink's worker. {@link #query} and {@link #export} are thread-safe.
 * After a failure that makes the open file unusable, the next write opens it again.
 */
public final class DuckDbStore implements Sink, QueryStore {
    private static final Logger LOG = LoggerFactory.getLogger(DuckDbStore.class);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration QUERY_MAX_WAIT = Duration.ofSeconds(10);

    /** The open file. */
    record Open(DuckDBConnection connection, BatchWriter writer, ReadPool readers) {
        static Open of(StoreSettings settings) throws IOException {
            DuckDBConnection connection = Database.open(settings);
            try {
                return new Open(
                        connection,
                        new BatchWriter(connection),
                        new ReadPool(connection, QUERY_TIMEOUT, QUERY_MAX_WAIT));
            } catch (SQLException e) {
                Database.closeQuietly(connection);
                throw new IOException(
                        "Could not read the DuckDB file " + settings.file() + " (" + Database.firstLine(e)
                                + "). Check that it is intact, or set webwatch.duckdb.path to another file.",
                        e);
            }
        }

        void close() {
            readers.close();
            writer.close();
            Database.closeQuietly(connection);
        }
    }

    private final StoreSettings settings;
    private final InstantSource clock;
    private final Retention retention;
    private final QueryRunner queries;
    /** Null while the file is not open. Package-private, so that tests can make it fail. */
    volatile @Nullable Open open;

    private DuckDbStore(StoreSettings settings, InstantSource clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        retention = new Retention(settings.retention());
        queries = new QueryRunner(settings);
        open = Open.of(settings);
        LOG.info("Storing events in the DuckDB file {}.", settings.file());
    }

    static DuckDbStore open(SinkContext context) throws IOException {
        return new DuckDbStore(StoreSettings.of(context), context.clock());
    }

    @Override
    public CompletionStage<WriteResult> write(EventBatch batch) {
        return CompletableFuture.completedFuture(writeNow(batch));
    }

    private WriteResult writeNow(EventBatch batch) {
        Open current = open;
        try {
            if (current == null) {
                current = Open.of(settings);
                open = current;
            }
        } catch (IOException e) {
            return WriteResult.retriable(Database.firstLine(e));
        }
        if (current.writer().isCommitted(batch)) {
            return WriteResult.written();
        }
        Instant now = clock.instant();
        try {
            WriteResult result = current.writer().write(batch, now);
            deleteOld(current, now);
            return result;
        } catch (SQLException | RuntimeException e) {
            recover(current);
            return WriteResult.retriable("DuckDB did not accept the batch: " + Database.firstLine(e));
        }
    }

    private void deleteOld(Open current, Instant now) {
        try {
            retention.run(current.connection(), now);
        } catch (SQLException e) {
            LOG.warn(
                    "Could not delete events older than webwatch.duckdb.retention from {}: {} The next write tries again.",
                    settings.file(),
                    Database.firstLine(e));
        }
    }

    /** Reads the committed positions again, because the outcome is unknown. Closes the file if that fails too. */
    private void recover(Open failed) {
        failed.writer().close();
        try {
            open = new Open(failed.connection(), new BatchWriter(failed.connection()), failed.readers());
        } catch (SQLException e) {
            LOG.debug("The open DuckDB file is unusable. The next write opens it again.", e);
            open = null;
            failed.close();
        }
    }

    @Override
    public QueryResult query(Query query) throws QueryException {
        return queries.run(readers(), query);
    }

    private ReadPool readers() throws QueryException {
        Open current = open;
        if (current == null) {
            throw ReadPool.notOpen();
        }
        return current.readers();
    }

    /** File formats of an export. */
    public enum Format {
        PARQUET("FORMAT parquet, COMPRESSION zstd"),
        CSV("FORMAT csv, HEADER");

        private final String options;

        Format(String options) {
            this.options = options;
        }
    }

    /**
     * Writes the {@code events} table to a file while the application runs, and replaces an existing file. Blocks until the
     * file is complete.
     *
     * @throws QueryException if the store is not open, or the file cannot be written
     */
    public void export(Path file, Format format) throws QueryException {
        String target = file.toAbsolutePath().toString().replace("'", "''");
        readers().execute("COPY events TO '" + target + "' (" + format.options + ")");
    }

    /** Cancels running queries, writes a checkpoint and closes the file. */
    @Override
    public void close() {
        Open current = open;
        open = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public String toString() {
        return "DuckDbStore[" + settings.file() + "]";
    }
}

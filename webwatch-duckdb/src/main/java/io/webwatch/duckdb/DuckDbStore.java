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
 * The embedded store: every event in one DuckDB file, each batch in one transaction with its position in the log, so
 * that a repeated batch is known and a crash leaves whole batches only.
 *
 * <p>{@link #write} and {@link #close} belong to the sink's worker; {@link #query} and {@link #export} are safe from any
 * thread. When the engine fails in a way that its open file does not survive, the file is opened again by the next
 * write.
 */
public final class DuckDbStore implements Sink, QueryStore {
    private static final Logger LOG = LoggerFactory.getLogger(DuckDbStore.class);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration QUERY_MAX_WAIT = Duration.ofSeconds(10);

    /** One opening of the file. */
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
                        "The DuckDB file " + settings.file() + " cannot be read: " + Database.firstLine(e), e);
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
    /** Null while the file is not open; package-private so that tests can break it. */
    volatile @Nullable Open open;

    private DuckDbStore(StoreSettings settings, InstantSource clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        retention = new Retention(settings.retention());
        queries = new QueryRunner(settings);
        open = Open.of(settings);
        LOG.info("History is kept in {}.", settings.file());
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
            return WriteResult.retriable("DuckDB did not take the batch: " + Database.firstLine(e));
        }
    }

    private void deleteOld(Open current, Instant now) {
        try {
            retention.run(current.connection(), now);
        } catch (SQLException e) {
            LOG.warn("Old history was not deleted; it is tried again: {}", Database.firstLine(e));
        }
    }

    /** Asks the file itself how far it is, and gives the opening up when it no longer answers. */
    private void recover(Open failed) {
        failed.writer().close();
        try {
            open = new Open(failed.connection(), new BatchWriter(failed.connection()), failed.readers());
        } catch (SQLException e) {
            LOG.debug("The open file no longer answers; it is opened again.", e);
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
     * Writes the {@code events} table to a file while the application runs; an existing file is replaced. Blocks; call
     * it from a thread that may.
     *
     * @throws QueryException when the store is not open, or the file cannot be written
     */
    public void export(Path file, Format format) throws QueryException {
        String target = file.toAbsolutePath().toString().replace("'", "''");
        readers().execute("COPY events TO '" + target + "' (" + format.options + ")");
    }

    /** Lets go of the file: running queries end, and what was written is checkpointed into it. */
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

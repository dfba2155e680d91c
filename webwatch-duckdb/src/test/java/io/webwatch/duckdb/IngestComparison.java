package io.webwatch.duckdb;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.fixture.Directories;
import io.webwatch.fixture.RandomVisits;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.SinkContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Compares the store's rows per second with those of a bare Appender that gets the same rows, prepared beforehand, and
 * commits as often: by its flush, and with a transaction for each batch. Rounds alternate, and the medians are compared.
 * Run by {@code webwatch-duckdb/benchmark}.
 */
final class IngestComparison {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int BATCH = 1000;
    private static final int TIME_COLUMN = 3;
    private static final int WARM_UP =
            4; // rounds; the store runs more Java code than the Appender, which the JIT compiles

    private final List<EventBatch> batches = new ArrayList<>();
    private final List<Object[][]> rows = new ArrayList<>();

    private IngestComparison(int count) throws Exception {
        RandomVisits random = new RandomVisits(new Random(1));
        for (int i = 1; i <= count; i++) {
            List<Event> events = random.visits(StoreFile.NOW.minusSeconds(86_400L * 30), BATCH / 50, 50);
            batches.add(StoreFile.batch("log", i, events));
        }
        readBack();
    }

    /** Reads the rows from a file that the store has written. */
    private void readBack() throws Exception {
        StoreFile file = new StoreFile(Files.createTempDirectory("ingest"));
        try (DuckDbStore store = file.open()) {
            batches.forEach(batch -> StoreFile.write(store, batch));
        }
        List<List<@Nullable Object>> all = file.rows("SELECT * REPLACE (epoch_us(time) AS time,"
                + " properties::VARCHAR AS properties) FROM events ORDER BY rowid");
        for (int i = 0; i < all.size(); i += BATCH) {
            rows.add(all.subList(i, i + BATCH).stream().map(List::toArray).toArray(Object[][]::new));
        }
        Directories.delete(file.directory());
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        IngestComparison comparison = new IngestComparison(50);
        double[] store = new double[rounds];
        double[] flushed = new double[rounds];
        double[] committed = new double[rounds];
        double[] cpu = new double[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            int index = Math.max(0, round); // the results of the warm-up are overwritten
            long begin = CPU.getCurrentThreadCpuTime();
            store[index] = comparison.store();
            long middle = CPU.getCurrentThreadCpuTime();
            flushed[index] = comparison.bare(false);
            long end = CPU.getCurrentThreadCpuTime();
            committed[index] = comparison.bare(true);
            cpu[index] = (double) (end - middle) / (middle - begin);
            System.out.printf(
                    "%s: store %,.0f rows/s, bare Appender %,.0f rows/s, with a transaction per batch %,.0f rows/s%n",
                    round < 0 ? "warm-up" : "round " + (round + 1), store[index], flushed[index], committed[index]);
        }
        double bare = Math.max(median(flushed), median(committed));
        double ratio = median(store) / bare;
        System.out.printf(
                "median: store %,.0f rows/s, better of the bare Appenders %,.0f rows/s, ratio %.2f (budget 0.80)%n",
                median(store), bare, ratio);
        System.out.printf("median of processor time: bare Appender / store %.2f%n", median(cpu));
        if (ratio < 0.8) {
            System.exit(1);
        }
    }

    private double store() throws IOException {
        Path directory = Files.createTempDirectory("ingest");
        try (DuckDbStore store = new StoreFile(directory).open()) {
            long start = System.nanoTime();
            for (EventBatch batch : batches) {
                if (!StoreFile.write(store, batch).isWritten()) {
                    throw new IllegalStateException("A batch was not written.");
                }
            }
            return rate(start);
        } finally {
            Directories.delete(directory);
        }
    }

    private double bare(boolean transactions) throws IOException, SQLException {
        Path directory = Files.createTempDirectory("ingest");
        new StoreFile(directory).open().close();
        StoreSettings settings =
                StoreSettings.of(new SinkContext(WebWatchConfig.defaults(), directory, () -> StoreFile.NOW));
        try (DuckDBConnection connection = Database.open(settings);
                Statement statement = connection.createStatement();
                DuckDBAppender appender = connection.createAppender("events")) {
            long start = System.nanoTime();
            for (Object[][] batch : rows) {
                if (transactions) {
                    statement.execute("BEGIN");
                }
                for (Object[] row : batch) {
                    appender.beginRow();
                    for (int i = 0; i < row.length; i++) {
                        append(appender, i, row[i]);
                    }
                    appender.endRow();
                }
                appender.flush();
                if (transactions) {
                    statement.execute("COMMIT");
                }
            }
            return rate(start);
        } finally {
            Directories.delete(directory);
        }
    }

    private static void append(DuckDBAppender appender, int column, @Nullable Object value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else if (column == TIME_COLUMN) {
            appender.appendEpochMicros((Long) value);
        } else if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof Long number) {
            appender.append(number.longValue());
        } else if (value instanceof Integer number) {
            appender.append(number.intValue());
        } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
        } else {
            appender.append(((Boolean) value).booleanValue());
        }
    }

    private double rate(long start) {
        return batches.stream().mapToLong(EventBatch::size).sum() * 1e9 / (System.nanoTime() - start);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package io.webwatch.duckdb;

import static io.webwatch.duckdb.StoreFile.batch;
import static io.webwatch.duckdb.StoreFile.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.sink.WriteResult;
import io.webwatch.test.PlainEvents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine fails while the store is open. */
class RecoveryTest {
    private static final long TIME = StoreFile.NOW.toEpochMilli();

    @TempDir
    private Path directory;

    private StoreFile file;

    @BeforeEach
    void file() {
        file = new StoreFile(directory);
    }

    @Test
    void failedTransaction_leavesNothingAndIsRetriable() throws Exception {
        try (DuckDbStore store = file.open()) {
            write(store, batch("a", 1, PlainEvents.pageViews(5, TIME)));
            execute(store, "ALTER TABLE cursor RENAME TO hidden");
            for (int attempt = 0; attempt < 3; attempt++) {
                WriteResult result = write(store, batch("a", 2, PlainEvents.pageViews(7, TIME)));
                assertThat(result.isAllRetriable()).isTrue();
                assertThat(result.reason()).isNotBlank();
            }
            file.execute("ALTER TABLE hidden RENAME TO cursor");

            assertThat(write(store, batch("a", 2, PlainEvents.pageViews(7, TIME)))
                            .isWritten())
                    .isTrue();
        }

        assertThat(file.number("SELECT count(*) FROM events")).isEqualTo(12);
        assertThat(file.rows("SELECT log, position FROM cursor")).containsExactly(List.of("a", 2L));
    }

    @Test
    void failureWithinABatch_leavesNothingOfIt() throws Exception {
        try (DuckDbStore store = file.open()) {
            execute(store, "ALTER TABLE sessions RENAME TO hidden");
            assertThat(write(store, NumberedBatches.batch(1)).isAllRetriable()).isTrue();
            execute(store, "ALTER TABLE hidden RENAME TO sessions");
        }

        assertThat(file.number("SELECT count(*) FROM events")).isZero();
        assertThat(file.number("SELECT count(*) FROM cursor")).isZero();
    }

    @Test
    void brokenConnection_isOpenedAgainByTheNextWrite() throws Exception {
        try (DuckDbStore store = file.open()) {
            write(store, batch("a", 1, PlainEvents.pageViews(5, TIME)));
            Objects.requireNonNull(store.open).connection().close();

            assertThat(write(store, batch("a", 2, PlainEvents.pageViews(7, TIME)))
                            .isAllRetriable())
                    .isTrue();
            assertThatThrownBy(() -> store.query(total()))
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            e -> assertThat(e.reason()).isEqualTo(QueryException.Reason.UNAVAILABLE));

            assertThat(write(store, batch("a", 2, PlainEvents.pageViews(7, TIME)))
                            .isWritten())
                    .isTrue();
            assertThat(store.query(total()).rows()).containsExactly(List.of(12L));
        }
    }

    @Test
    void commitWithUnknownOutcome_isLookedUpInTheFile() throws Exception {
        try (DuckDbStore store = file.open()) {
            write(store, batch("a", 1, PlainEvents.pageViews(5, TIME)));
            // as if the position was committed, but the confirmation was lost
            execute(store, "UPDATE cursor SET position = 2");
            execute(store, "ALTER TABLE events RENAME TO hidden");
            assertThat(write(store, batch("a", 2, PlainEvents.pageViews(7, TIME)))
                            .isAllRetriable())
                    .isTrue();
            execute(store, "ALTER TABLE hidden RENAME TO events");

            assertThat(write(store, batch("a", 2, PlainEvents.pageViews(7, TIME)))
                            .isWritten())
                    .isTrue();
        }

        assertThat(file.number("SELECT count(*) FROM events")).isEqualTo(5);
    }

    @Test
    void closedStore_refusesQueries() throws Exception {
        DuckDbStore store = file.open();
        store.close();

        assertThatThrownBy(() -> store.query(total())).hasMessageContaining("not open");
        file.open().close();
    }

    private static Query total() {
        return new Query(
                List.of(Metric.EVENTS),
                List.of(),
                List.of(),
                null,
                StoreFile.NOW.minus(Duration.ofDays(1)),
                StoreFile.NOW.plus(Duration.ofDays(1)),
                ZoneOffset.UTC,
                1,
                null);
    }

    /** Executes a statement on a second connection. */
    private static void execute(DuckDbStore store, String sql) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(store.open).connection().duplicate();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

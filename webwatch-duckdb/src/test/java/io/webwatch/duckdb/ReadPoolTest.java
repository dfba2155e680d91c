package io.webwatch.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webwatch.query.QueryException;
import io.webwatch.query.QueryException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadPoolTest {
    private static final Sql ENDLESS =
            new Sql().add("SELECT count(*) FROM range(1000000000000) AS numbers(n) WHERE hash(n) % 7 = 3");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private DuckDBConnection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection =
                new DuckDBDriver().connect("jdbc:duckdb:", new Properties()).unwrap(DuckDBConnection.class);
    }

    @AfterEach
    void disconnect() throws SQLException {
        threads.shutdownNow();
        connection.close();
    }

    private ReadPool pool(Duration timeout, Duration maxWait) {
        return new ReadPool(connection, timeout, maxWait);
    }

    @Test
    void query_endsAtItsTimeout() {
        try (ReadPool pool = pool(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> pool.query(ENDLESS, rows -> rows.next()))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
                    .hasMessageContaining("1 s");
        }
    }

    @Test
    void query_worksAfterATimeout() throws Exception {
        try (ReadPool pool = pool(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> pool.query(ENDLESS, rows -> rows.next()))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));

            String answer = pool.query(new Sql().add("SELECT ?::VARCHAR", "still here"), rows -> {
                rows.next();
                return rows.getString(1);
            });

            assertThat(answer).isEqualTo("still here");
        }
    }

    @Test
    void query_isRefusedIfTooManyAreRunning() throws Exception {
        try (ReadPool pool = pool(Duration.ofSeconds(20), Duration.ofMillis(50))) {
            CountDownLatch running = new CountDownLatch(ReadPool.MAX_PARALLEL);
            CountDownLatch end = new CountDownLatch(1);
            List<Future<Boolean>> queries = new ArrayList<>();
            for (int i = 0; i < ReadPool.MAX_PARALLEL; i++) {
                queries.add(threads.submit((Callable<Boolean>) () -> pool.query(new Sql().add("SELECT 1"), rows -> {
                    running.countDown();
                    return awaited(end);
                })));
            }
            assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> pool.query(new Sql().add("SELECT 1"), rows -> rows.next()))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                    .hasMessageContaining("busy");
            end.countDown();
            for (Future<Boolean> query : queries) {
                assertThat(query.get(20, TimeUnit.SECONDS)).isTrue();
            }
            boolean answered = pool.query(new Sql().add("SELECT 1"), rows -> rows.next());
            assertThat(answered).isTrue();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void close_cancelsRunningQueries() {
        ReadPool pool = pool(Duration.ofMinutes(5), Duration.ofSeconds(1));
        Future<Boolean> query = threads.submit((Callable<Boolean>) () -> pool.query(ENDLESS, rows -> rows.next()));
        await().atMost(Duration.ofSeconds(20)).until(() -> pool.runningQueries() == 1);

        pool.close();

        assertThatThrownBy(() -> query.get(20, TimeUnit.SECONDS))
                .hasRootCauseMessage("The store is not open. See the status page for the reason.");
        assertThatThrownBy(() -> pool.query(new Sql().add("SELECT 1"), rows -> rows.next()))
                .hasMessageContaining("not open");
    }

    @Test
    void failingQuery_isUnavailableWithTheReason() {
        try (ReadPool pool = pool(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> pool.query(new Sql().add("SELECT * FROM nothing"), rows -> rows.next()))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                    .hasMessageContaining("nothing");
        }
    }
}

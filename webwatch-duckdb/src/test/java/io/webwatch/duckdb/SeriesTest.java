package io.webwatch.duckdb;

import static io.webwatch.duckdb.Queries.query;
import static io.webwatch.duckdb.Queries.store;
import static io.webwatch.duckdb.Queries.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time series around changes of the clocks, and at their limits. */
class SeriesTest {
    @TempDir
    private Path directory;

    private StoreFile file;

    @BeforeEach
    void file() {
        file = new StoreFile(directory);
    }

    private static Query series(Metric metric, Interval interval, String from, String to, String zone) {
        return query(List.of(metric), List.of(), List.of(), interval, from, to, zone);
    }

    @Test
    void dayWith25Hours_isOneStep() throws Exception {
        try (DuckDbStore store = file.open(WebWatchConfig.defaults(), () -> Instant.parse("2026-10-27T00:00:00Z"))) {
            store(
                    store,
                    view(1, "2026-10-24T21:59:59.999Z", "anna", "/"),
                    view(2, "2026-10-24T22:00:00Z", "anna", "/"),
                    view(3, "2026-10-25T22:59:59.999Z", "anna", "/"),
                    view(4, "2026-10-25T23:00:00Z", "anna", "/"));
            Query days = series(
                    Metric.PAGE_VIEWS, Interval.DAY, "2026-10-23T22:00:00Z", "2026-10-27T23:00:00Z", "Europe/Berlin");

            assertThat(store.query(days).rows())
                    .containsExactly(
                            List.of(Instant.parse("2026-10-23T22:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-24T22:00:00Z"), 2L),
                            List.of(Instant.parse("2026-10-25T23:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-26T23:00:00Z"), 0L));
        }
    }

    @Test
    void localHourThatOccursTwice_isTwoSteps() throws Exception {
        try (DuckDbStore store = file.open(WebWatchConfig.defaults(), () -> Instant.parse("2026-10-27T00:00:00Z"))) {
            store(store, view(1, "2026-10-25T00:30:00Z", "anna", "/"), view(2, "2026-10-25T01:30:00Z", "anna", "/"));
            Query hours = series(
                    Metric.PAGE_VIEWS, Interval.HOUR, "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z", "Europe/Berlin");

            assertThat(store.query(hours).rows())
                    .containsExactly(
                            List.of(Instant.parse("2026-10-25T00:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-25T01:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-25T02:00:00Z"), 0L));
        }
    }

    @Test
    void tooManySteps_areUnsupportedWithTheRemedy() throws Exception {
        try (DuckDbStore store = file.open()) {
            Query minutes =
                    series(Metric.EVENTS, Interval.MINUTE, "2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "UTC");

            assertThatThrownBy(() -> store.query(minutes))
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            e -> assertThat(e.reason()).isEqualTo(QueryException.Reason.UNSUPPORTED))
                    .hasMessageContaining("longer interval or a shorter range");
        }
    }

    @Test
    void rangeAtTheEndOfTime_isEmpty() throws Exception {
        try (DuckDbStore store = file.open()) {
            Query never = new Query(
                    List.of(Metric.EVENTS),
                    List.of(),
                    List.of(),
                    Interval.DAY,
                    Instant.MAX.minusSeconds(5),
                    Instant.MAX,
                    ZoneOffset.UTC,
                    1,
                    null);

            assertThat(store.query(never).rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.get(1)).isEqualTo(0L));
        }
    }
}

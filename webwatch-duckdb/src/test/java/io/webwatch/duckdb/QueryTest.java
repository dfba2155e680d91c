package io.webwatch.duckdb;

import static io.webwatch.duckdb.Queries.at;
import static io.webwatch.duckdb.Queries.engagement;
import static io.webwatch.duckdb.Queries.march;
import static io.webwatch.duckdb.Queries.query;
import static io.webwatch.duckdb.Queries.store;
import static io.webwatch.duckdb.Queries.view;
import static io.webwatch.duckdb.StoreFile.batch;
import static io.webwatch.duckdb.StoreFile.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import io.webwatch.query.Filter.Operator;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.test.PlainEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples of queries. {@link QueryPropertyTest} covers combinations, and {@link SeriesTest} time series. */
class QueryTest {
    private static final Instant DAY = Instant.parse("2026-03-09T00:00:00Z");

    @TempDir
    private Path directory;

    private StoreFile file;

    @BeforeEach
    void file() {
        file = new StoreFile(directory);
    }

    @Test
    void session_endsWithAGapLongerThanTheTimeout() throws Exception {
        try (DuckDbStore store = file.open()) {
            store(
                    store,
                    view(1, "2026-03-09T10:00:00Z", "anna", "/"),
                    engagement(2, "2026-03-09T10:00:20Z", "anna", "/", 8000),
                    view(3, "2026-03-09T10:30:20Z", "anna", "/buy"),
                    view(4, "2026-03-09T11:00:20.001Z", "anna", "/"),
                    view(5, "2026-03-09T10:10:00Z", "bert", "/"),
                    at(6, "2026-03-09T10:10:30Z", "bert", "/", PlainEvents.click("a")));

            assertThat(store.query(march(
                                    List.of(
                                            Metric.VISITORS,
                                            Metric.SESSIONS,
                                            Metric.PAGES_PER_SESSION,
                                            Metric.BOUNCE_RATE,
                                            Metric.ENGAGED_TIME,
                                            Metric.SESSION_DURATION),
                                    List.of()))
                            .rows())
                    .containsExactly(
                            List.of(2L, 3L, 4 / 3.0, 1 / 3.0, 8000 / 3.0, (30 * 60_000 + 20_000 + 30_000) / 3.0));
            assertThat(store.query(march(List.of(Metric.SESSIONS, Metric.VISITORS), List.of(Dimension.EXIT_PAGE)))
                            .rows())
                    .containsExactly(List.of("/", 2L, 2L), List.of("/buy", 1L, 1L));
        }
    }

    @Test
    void session_followsTheConfiguredTimeout() throws Exception {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.SESSION_TIMEOUT, Duration.ofMinutes(5))
                .build();
        try (DuckDbStore store = file.open(config)) {
            store(store, view(1, "2026-03-09T10:00:00Z", "anna", "/"), view(2, "2026-03-09T10:06:00Z", "anna", "/"));

            assertThat(store.query(march(List.of(Metric.SESSIONS), List.of())).rows())
                    .containsExactly(List.of(2L));
        }
    }

    @Test
    void engagedTimeByPath_isThatOnThePage() throws Exception {
        try (DuckDbStore store = file.open()) {
            store(
                    store,
                    view(1, "2026-03-09T10:00:00Z", "anna", "/"),
                    engagement(2, "2026-03-09T10:00:20Z", "anna", "/", 8000),
                    view(3, "2026-03-09T10:01:00Z", "anna", "/buy"),
                    engagement(4, "2026-03-09T10:02:00Z", "anna", "/buy", 2000));

            assertThat(store.query(march(List.of(Metric.ENGAGED_TIME), List.of(Dimension.PATH)))
                            .rows())
                    .containsExactly(List.of("/", 8000.0), List.of("/buy", 2000.0));
            assertThat(store.query(march(
                                    List.of(Metric.ENGAGED_TIME),
                                    List.of(),
                                    new Filter(Dimension.PATH, Operator.IS, List.of("/buy"))))
                            .rows())
                    .containsExactly(List.of(2000.0));
        }
    }

    @Test
    void emptyStore_hasZeroCountsAndUnknownMeans() throws Exception {
        try (DuckDbStore store = file.open()) {
            List<Metric> all = List.of(Metric.values());

            List<@Nullable Object> row =
                    store.query(march(all, List.of())).rows().get(0);

            for (int i = 0; i < all.size(); i++) {
                assertThat(row.get(i))
                        .as(all.get(i).id())
                        .isEqualTo(
                                all.get(i).unit().equals("count") && all.get(i) != Metric.PAGES_PER_SESSION
                                        ? 0L
                                        : null);
            }
            assertThat(store.query(march(all, List.of(Dimension.PATH))).rows()).isEmpty();
        }
    }

    @Test
    void columns_areTimeThenDimensionsThenMetrics() throws Exception {
        try (DuckDbStore store = file.open()) {
            Query query = query(
                    List.of(Metric.LOAD_TIME, Metric.EVENTS),
                    List.of(Dimension.UTM_SOURCE),
                    List.of(),
                    Interval.DAY,
                    "2026-03-01T00:00:00Z",
                    "2026-03-02T00:00:00Z",
                    "UTC");

            assertThat(store.query(query).columns())
                    .containsExactly(
                            new QueryResult.Column("time", QueryResult.Kind.TIME, null),
                            new QueryResult.Column("utm_source", QueryResult.Kind.DIMENSION, null),
                            new QueryResult.Column("load_time", QueryResult.Kind.METRIC, "ms"),
                            new QueryResult.Column("events", QueryResult.Kind.METRIC, "count"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE events; --",
                "' OR '1'='1",
                "\\",
                "%",
                "_",
                "?",
                "$1",
                "\"",
                "a\u0000b",
                "line\nfeed",
                "🛒",
                "*/ SELECT 1 /*"
            })
    void hostileFilterValues_areOnlyCompared(String value) throws Exception {
        try (DuckDbStore store = file.open()) {
            store(
                    store,
                    view(1, "2026-03-09T10:00:00Z", "anna", value),
                    view(2, "2026-03-09T10:00:01Z", "anna", "/other"),
                    view(3, "2026-03-09T10:00:02Z", "anna", "/begin" + value + "end"));

            for (Dimension dimension : List.of(Dimension.PATH, Dimension.ROUTE)) {
                assertThat(matches(store, dimension, Operator.IS, value)).isEqualTo(1);
                assertThat(matches(store, dimension, Operator.NOT, value)).isEqualTo(2);
                assertThat(matches(store, dimension, Operator.CONTAINS, value)).isEqualTo(2);
                assertThat(matches(store, dimension, Operator.STARTS, value)).isEqualTo(1);
            }
            assertThat(matches(store, Dimension.ENTRY_PAGE, Operator.IS, value)).isEqualTo(3);
        }
    }

    private static long matches(DuckDbStore store, Dimension dimension, Operator operator, String value)
            throws QueryException {
        Query query = march(List.of(Metric.EVENTS), List.of(), new Filter(dimension, operator, List.of(value)));
        return (Long) store.query(query).rows().get(0).get(0);
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void everyDimension_hasEveryMetric(Dimension dimension) throws Exception {
        try (DuckDbStore store = file.open()) {
            store(store, view(1, "2026-03-09T10:00:00Z", "anna", "/"));

            QueryResult result = store.query(march(List.of(Metric.values()), List.of(dimension)));

            assertThat(result.rows())
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row).hasSize(1 + Metric.values().length).contains(1L));
        }
    }

    @Test
    void visitorsOfSeveralDays_areNotedToBeASum() throws Exception {
        try (DuckDbStore store = file.open()) {
            assertThat(store.query(march(List.of(Metric.VISITORS), List.of())).notes())
                    .containsExactly(
                            "Visitors are counted once per day, because a visitor gets a new pseudonym each day.");
            assertThat(notes(store, Metric.VISITORS, null, "2026-03-02T00:00:00Z"))
                    .isEmpty();
            assertThat(notes(store, Metric.PAGE_VIEWS, null, "2026-03-20T00:00:00Z"))
                    .isEmpty();
            assertThat(notes(store, Metric.VISITORS, Interval.DAY, "2026-03-20T00:00:00Z"))
                    .isEmpty();
            assertThat(notes(store, Metric.VISITORS, Interval.WEEK, "2026-03-20T00:00:00Z"))
                    .hasSize(1);
        }
    }

    private static List<String> notes(DuckDbStore store, Metric metric, @Nullable Interval interval, String to)
            throws QueryException {
        return store.query(query(List.of(metric), List.of(), List.of(), interval, "2026-03-01T00:00:00Z", to, "UTC"))
                .notes();
    }

    @Test
    void rangeOfAllTime_isAnswered() throws Exception {
        try (DuckDbStore store = file.open()) {
            write(store, batch("a", 1, PlainEvents.pageViews(3, DAY.toEpochMilli())));
            Query ever = new Query(
                    List.of(Metric.EVENTS, Metric.SESSIONS),
                    List.of(),
                    List.of(),
                    null,
                    Instant.MIN,
                    Instant.MAX,
                    ZoneOffset.UTC,
                    1,
                    null);

            assertThat(store.query(ever).rows()).containsExactly(List.of(3L, 1L));
        }
    }

    @Test
    void queries_duringWrites_seeWholeBatches() throws Exception {
        int size = 100;
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (DuckDbStore store = file.open()) {
            Future<Long> written = writer.submit(() -> {
                long position = 0;
                while (!enough.get()) {
                    position++;
                    List<Event> events = PlainEvents.pageViews(size, DAY.toEpochMilli());
                    assertThat(write(store, batch("a", position, events)).isWritten())
                            .isTrue();
                }
                return position;
            });
            List<Long> seen = new ArrayList<>();
            try {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> {
                            seen.add(count(store));
                            return seen.stream().distinct().count() >= 10;
                        });
            } finally {
                enough.set(true);
            }

            assertThat(seen).isSorted().allMatch(count -> count % size == 0);
            long batches = written.get(1, TimeUnit.MINUTES);
            assertThat(count(store)).isEqualTo(batches * size);
        } finally {
            writer.shutdownNow();
        }
    }

    private static long count(DuckDbStore store) throws QueryException {
        Query query = march(List.of(Metric.EVENTS), List.of());
        return (Long) store.query(query).rows().get(0).get(0);
    }
}

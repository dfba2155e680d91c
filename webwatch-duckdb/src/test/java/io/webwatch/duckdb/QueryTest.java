package io.webwatch.duckdb;

import static io.webwatch.duckdb.StoreFile.batch;
import static io.webwatch.duckdb.StoreFile.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single cases, many and so a long file; {@link QueryPropertyTest} covers the combinations. */
class QueryTest {
    private static final Instant DAY = Instant.parse("2026-03-09T00:00:00Z");

    @TempDir
    private Path directory;

    private StoreFile file;

    @BeforeEach
    void file() {
        file = new StoreFile(directory);
    }

    private static Query query(
            List<Metric> metrics,
            List<Dimension> dimensions,
            List<Filter> filters,
            @Nullable Interval interval,
            String from,
            String to,
            String zone) {
        return new Query(
                metrics,
                dimensions,
                filters,
                interval,
                Instant.parse(from),
                Instant.parse(to),
                ZoneId.of(zone),
                100,
                null);
    }

    private static Query march(List<Metric> metrics, List<Dimension> dimensions, Filter... filters) {
        return query(
                metrics, dimensions, List.of(filters), null, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "UTC");
    }

    private static Event at(long number, String time, String visitor, String path, EventData data) {
        return PlainEvents.event(
                number, Instant.parse(time).toEpochMilli(), PlainEvents.context(visitor, "p" + number, path), data);
    }

    @Test
    void sessions_areThoseOfTheGap() throws Exception {
        try (DuckDbStore store = file.open()) {
            write(
                    store,
                    batch(
                            "a",
                            1,
                            List.of(
                                    at(1, "2026-03-09T10:00:00Z", "anna", "/", PlainEvents.pageView()),
                                    at(
                                            2,
                                            "2026-03-09T10:00:20Z",
                                            "anna",
                                            "/",
                                            new EventData.Engagement(8000, 9000, 0, 50)),
                                    at(3, "2026-03-09T10:30:20Z", "anna", "/buy", PlainEvents.pageView()),
                                    at(4, "2026-03-09T11:00:20.001Z", "anna", "/", PlainEvents.pageView()),
                                    at(5, "2026-03-09T10:10:00Z", "bert", "/", PlainEvents.pageView()),
                                    at(6, "2026-03-09T10:10:30Z", "bert", "/", PlainEvents.click("a")))));

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
    void sessions_followTheConfiguredTimeout() throws Exception {
        WebWatchConfig config = WebWatchConfig.builder()
                .set(WebWatchProperties.SESSION_TIMEOUT, Duration.ofMinutes(5))
                .build();
        try (DuckDbStore store = file.open(config)) {
            write(
                    store,
                    batch(
                            "a",
                            1,
                            List.of(
                                    at(1, "2026-03-09T10:00:00Z", "anna", "/", PlainEvents.pageView()),
                                    at(2, "2026-03-09T10:06:00Z", "anna", "/", PlainEvents.pageView()))));

            assertThat(store.query(march(List.of(Metric.SESSIONS), List.of())).rows())
                    .containsExactly(List.of(2L));
        }
    }

    @Test
    void engagedTimeByPath_isThatOnThePage() throws Exception {
        try (DuckDbStore store = file.open()) {
            write(
                    store,
                    batch(
                            "a",
                            1,
                            List.of(
                                    at(1, "2026-03-09T10:00:00Z", "anna", "/", PlainEvents.pageView()),
                                    at(
                                            2,
                                            "2026-03-09T10:00:20Z",
                                            "anna",
                                            "/",
                                            new EventData.Engagement(8000, 9000, 0, 50)),
                                    at(3, "2026-03-09T10:01:00Z", "anna", "/buy", PlainEvents.pageView()),
                                    at(
                                            4,
                                            "2026-03-09T10:02:00Z",
                                            "anna",
                                            "/buy",
                                            new EventData.Engagement(2000, 3000, 0, 10)))));

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
    void dayThatBecomesLonger_isOneStep() throws Exception {
        try (DuckDbStore store = file.open(WebWatchConfig.defaults(), () -> Instant.parse("2026-10-27T00:00:00Z"))) {
            write(
                    store,
                    batch(
                            "a",
                            1,
                            List.of(
                                    at(1, "2026-10-24T21:59:59.999Z", "anna", "/", PlainEvents.pageView()),
                                    at(2, "2026-10-24T22:00:00Z", "anna", "/", PlainEvents.pageView()),
                                    at(3, "2026-10-25T22:59:59.999Z", "anna", "/", PlainEvents.pageView()),
                                    at(4, "2026-10-25T23:00:00Z", "anna", "/", PlainEvents.pageView()))));
            Query days = query(
                    List.of(Metric.PAGE_VIEWS),
                    List.of(),
                    List.of(),
                    Interval.DAY,
                    "2026-10-23T22:00:00Z",
                    "2026-10-27T23:00:00Z",
                    "Europe/Berlin");

            assertThat(store.query(days).rows())
                    .containsExactly(
                            List.of(Instant.parse("2026-10-23T22:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-24T22:00:00Z"), 2L),
                            List.of(Instant.parse("2026-10-25T23:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-26T23:00:00Z"), 0L));
        }
    }

    @Test
    void hourThatStrikesTwice_isTwoSteps() throws Exception {
        try (DuckDbStore store = file.open(WebWatchConfig.defaults(), () -> Instant.parse("2026-10-27T00:00:00Z"))) {
            write(
                    store,
                    batch(
                            "a",
                            1,
                            List.of(
                                    at(1, "2026-10-25T00:30:00Z", "anna", "/", PlainEvents.pageView()),
                                    at(2, "2026-10-25T01:30:00Z", "anna", "/", PlainEvents.pageView()))));
            Query hours = query(
                    List.of(Metric.PAGE_VIEWS),
                    List.of(),
                    List.of(),
                    Interval.HOUR,
                    "2026-10-25T00:00:00Z",
                    "2026-10-25T03:00:00Z",
                    "Europe/Berlin");

            assertThat(store.query(hours).rows())
                    .containsExactly(
                            List.of(Instant.parse("2026-10-25T00:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-25T01:00:00Z"), 1L),
                            List.of(Instant.parse("2026-10-25T02:00:00Z"), 0L));
        }
    }

    @Test
    void emptyStore_countsZeroAndKnowsNoMeans() throws Exception {
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
    void columns_areTimeDimensionsMetrics() throws Exception {
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
            write(
                    store,
                    batch(
                            "a",
                            1,
                            List.of(
                                    at(1, "2026-03-09T10:00:00Z", "anna", value, PlainEvents.pageView()),
                                    at(2, "2026-03-09T10:00:01Z", "anna", "/other", PlainEvents.pageView()),
                                    at(
                                            3,
                                            "2026-03-09T10:00:02Z",
                                            "anna",
                                            "/begin" + value + "end",
                                            PlainEvents.pageView()))));

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
            write(store, batch("a", 1, List.of(at(1, "2026-03-09T10:00:00Z", "anna", "/", PlainEvents.pageView()))));

            QueryResult result = store.query(march(List.of(Metric.values()), List.of(dimension)));

            assertThat(result.rows())
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row).hasSize(1 + Metric.values().length).contains(1L));
        }
    }

    @Test
    void visitorsOfSeveralDays_areToldToBeASum() throws Exception {
        try (DuckDbStore store = file.open()) {
            assertThat(store.query(march(List.of(Metric.VISITORS), List.of())).notes())
                    .containsExactly(
                            "Visitors of several days are added up, because a visitor has a new pseudonym each day.");
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
    void tooManySteps_areUnsupportedWithWhatIsPossible() throws Exception {
        try (DuckDbStore store = file.open()) {
            Query minutes = query(
                    List.of(Metric.EVENTS),
                    List.of(),
                    List.of(),
                    Interval.MINUTE,
                    "2020-01-01T00:00:00Z",
                    "2026-01-01T00:00:00Z",
                    "UTC");

            assertThatThrownBy(() -> store.query(minutes))
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            e -> assertThat(e.reason()).isEqualTo(QueryException.Reason.UNSUPPORTED))
                    .hasMessageContaining("wider interval or a shorter range");
        }
    }

    @Test
    void absurdRange_isAnswered() throws Exception {
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

            assertThat(store.query(ever).rows()).containsExactly(List.of(3L, 1L));
            assertThat(store.query(never).rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.get(1)).isEqualTo(0L));
        }
    }

    @Test
    void queries_seeWholeBatchesWhileOthersAreWritten() throws Exception {
        int batches = 60;
        int size = 100;
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (DuckDbStore store = file.open()) {
            Future<?> writing = writer.submit(() -> {
                for (int i = 1; i <= batches; i++) {
                    assertThat(write(store, batch("a", i, PlainEvents.pageViews(size, DAY.toEpochMilli())))
                                    .isWritten())
                            .isTrue();
                }
            });
            List<Long> seen = new ArrayList<>();
            do {
                seen.add((Long) store.query(march(List.of(Metric.EVENTS), List.of()))
                        .rows()
                        .get(0)
                        .get(0));
            } while (!writing.isDone());
            writing.get(60, TimeUnit.SECONDS);

            assertThat(seen).isSorted().allMatch(count -> count % size == 0);
            assertThat(store.query(march(List.of(Metric.EVENTS), List.of())).rows())
                    .containsExactly(List.of((long) batches * size));
        } finally {
            writer.shutdownNow();
        }
    }
}

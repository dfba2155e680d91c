package io.webwatch.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.fixture.RandomVisits;
import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import io.webwatch.query.QueryResult;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the answers to random queries about random events with those of {@link QueryModel}. */
class QueryPropertyTest {
    private static final int QUERIES = Boolean.getBoolean("tests.full") ? 1500 : 120;

    @TempDir
    private Path directory;

    /** Runs around days with a change of the zone's offset, a skipped day and a leap day. */
    @ParameterizedTest
    @CsvSource({
        "1, Europe/Berlin, 2026-03-27T00:00:00Z",
        "2, Europe/Berlin, 2026-10-23T00:00:00Z",
        "3, America/New_York, 2026-03-06T00:00:00Z",
        "4, Australia/Lord_Howe, 2026-04-03T00:00:00Z",
        "5, Asia/Kolkata, 2025-12-29T00:00:00Z",
        "6, Pacific/Apia, 2011-12-28T00:00:00Z",
        "7, UTC, 2024-02-27T00:00:00Z"
    })
    void query_answersLikeTheModel(long seed, String zone, Instant begin) throws Exception {
        Random random = new Random(seed);
        List<Event> events = new RandomVisits(random).visits(begin, 8, 60);
        try (DuckDbStore store = new StoreFile(directory).open(WebWatchConfig.defaults(), () -> begin)) {
            for (int i = 0; i < events.size(); i += 100) {
                List<Event> some = events.subList(i, Math.min(events.size(), i + 100));
                assertThat(StoreFile.write(store, StoreFile.batch("log", i + 1L, some))
                                .isWritten())
                        .isTrue();
            }
            int withRows = 0;
            for (int i = 0; i < QUERIES; i++) {
                Query query = query(random, ZoneId.of(zone), begin);
                QueryResult result = store.query(query);
                check(query, new QueryModel(events, query).rows(), result);
                withRows += result.rows().isEmpty() ? 0 : 1;
            }
            assertThat(withRows).as("queries with rows").isPositive();
        }
    }

    private static void check(Query query, List<List<@Nullable Object>> expected, QueryResult result) {
        boolean limited = query.interval() == null || !query.dimensions().isEmpty();
        boolean truncated = limited && expected.size() > query.limit();
        List<List<@Nullable Object>> wanted = truncated ? expected.subList(0, query.limit()) : expected;
        assertThat(result.truncated()).as("truncated of %s", query).isEqualTo(truncated);
        assertThat(result.rows()).as("rows of %s", query).hasSameSizeAs(wanted);
        for (int row = 0; row < wanted.size(); row++) {
            for (int column = 0; column < wanted.get(row).size(); column++) {
                Object value = result.rows().get(row).get(column);
                if (wanted.get(row).get(column) instanceof Double number) {
                    assertThat((Double) value)
                            .as("row %s column %s of %s", row, column, query)
                            .isCloseTo(number, within(1e-9 * Math.max(1, number)));
                } else {
                    assertThat(value)
                            .as("row %s column %s of %s", row, column, query)
                            .isEqualTo(wanted.get(row).get(column));
                }
            }
        }
    }

    private static Query query(Random random, ZoneId zone, Instant begin) {
        Interval interval = random.nextInt(3) == 0 ? null : Interval.values()[random.nextInt(Interval.values().length)];
        Instant from = begin.plusMillis(random.nextInt(3 * 86_400_000));
        long length = interval == Interval.MINUTE ? 7_200_000 : 5 * 86_400_000L;
        Instant to = from.plusMillis(1 + (long) (random.nextDouble() * length));
        if (random.nextBoolean()) {
            from = from.truncatedTo(ChronoUnit.HOURS);
        }
        List<Metric> metrics = some(random, Metric.values(), 1, 4);
        List<Filter> filters = new ArrayList<>();
        for (Dimension dimension : some(random, Dimension.values(), 0, 2)) {
            filters.add(filter(random, dimension));
        }
        return new Query(
                metrics,
                some(random, Dimension.values(), 0, 2),
                filters,
                interval,
                from,
                to,
                zone,
                random.nextInt(4) == 0 ? 1 + random.nextInt(5) : Query.MAX_LIMIT,
                random.nextInt(3) == 0 ? metrics.get(metrics.size() - 1) : null);
    }

    private static <T> List<T> some(Random random, T[] values, int min, int max) {
        List<T> some = new ArrayList<>();
        int count = min + random.nextInt(max - min + 1);
        while (some.size() < count) {
            T value = values[random.nextInt(values.length)];
            if (!some.contains(value)) {
                some.add(value);
            }
        }
        return some;
    }

    private static Filter filter(Random random, Dimension dimension) {
        List<String> pool = switch (dimension) {
            case PATH, ENTRY_PAGE, EXIT_PAGE -> RandomVisits.PATHS;
            case ROUTE -> List.of("/", "/{any}");
            case CHANNEL -> RandomVisits.CHANNELS;
            case ELEMENT -> RandomVisits.ELEMENTS;
            case SITE -> RandomVisits.SITES;
            case TYPE -> List.of("page_view", "click", "engagement", "form_submit");
            case DEVICE -> List.of("desktop", "mobile");
            case TITLE -> List.of("Title 0", "Title 1", "Title");
            case SCREEN -> List.of("1000x700", "1001x700");
            case BOT -> List.of("user agent");
            case USER -> List.of("user-0", "user-1");
            case HOST -> List.of("host-0", "host-1");
            case UTM_CAMPAIGN -> List.of("spring 0", "spring");
            case NAME -> List.of("custom-0", "x0");
            default -> List.of("x0", "DE", "de", "Firefox", "Linux", "news", "mail", "https://ref.example/0");
        };
        List<String> values = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            values.add(random.nextInt(5) == 0 ? "" : pool.get(random.nextInt(pool.size())));
        }
        Filter.Operator operator = Filter.Operator.values()[random.nextInt(Filter.Operator.values().length)];
        return new Filter(dimension, operator, values);
    }
}

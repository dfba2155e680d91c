package io.webwatch.duckdb;

import static io.webwatch.duckdb.StoreFile.batch;
import static io.webwatch.duckdb.StoreFile.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import io.webwatch.test.PlainEvents;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries and the events that they are about, for tests of the query store. */
final class Queries {
    private Queries() {}

    static Query query(
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

    /** Returns a query about March 2026 in UTC, without an interval. */
    static Query march(List<Metric> metrics, List<Dimension> dimensions, Filter... filters) {
        return query(
                metrics, dimensions, List.of(filters), null, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "UTC");
    }

    /** Returns an event of the visitor; each number has its own page view. */
    static Event at(long number, String time, String visitor, String path, EventData data) {
        return PlainEvents.event(
                number, Instant.parse(time).toEpochMilli(), PlainEvents.context(visitor, "p" + number, path), data);
    }

    static Event view(long number, String time, String visitor, String path) {
        return at(number, time, visitor, path, PlainEvents.pageView());
    }

    static Event engagement(long number, String time, String visitor, String path, long engagedMillis) {
        EventData data = new Engagement(engagedMillis, engagedMillis + 1000, 0, 50);
        return at(number, time, visitor, path, data);
    }

    /** Writes the events as the first batch of a log. */
    static void store(DuckDbStore store, Event... events) {
        assertThat(write(store, batch("a", 1, List.of(events))).isWritten()).isTrue();
    }
}

package io.webwatch.query;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question about history. Immutable.
 *
 * @param metrics at least one
 * @param dimensions none for totals
 * @param filters joined by "and"
 * @param interval a row for each step of time, or null
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param zone whose days, weeks and months count
 * @param limit rows at most; not applied to a series without dimensions
 * @param order metric by which rows descend; null: by time when there is an interval, else the first metric
 */
public record Query(
        List<Metric> metrics,
        List<Dimension> dimensions,
        List<Filter> filters,
        @Nullable Interval interval,
        Instant from,
        Instant to,
        ZoneId zone,
        int limit,
        @Nullable Metric order) {
    /** Most rows that a query can ask for. */
    public static final int MAX_LIMIT = 10_000;

    public Query {
        metrics = List.copyOf(metrics);
        dimensions = List.copyOf(dimensions);
        filters = List.copyOf(filters);
        Objects.requireNonNull(zone, "zone");
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("A query needs at least one metric.");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("The range is empty: from " + from + " is not before to " + to + ".");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: " + limit + " is not within 1 to " + MAX_LIMIT + ".");
        }
        if (order != null && !metrics.contains(order)) {
            throw new IllegalArgumentException("order: " + order.id() + " is not among the metrics.");
        }
    }
}

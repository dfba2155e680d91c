package io.webwatch.query;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query for recorded events. Immutable.
 *
 * @param metrics the numbers to compute; at least one
 * @param dimensions attributes by which to group; none for totals
 * @param filters conditions that must all be met
 * @param interval length of the steps of a time series, or null for the whole range
 * @param from start of the range, inclusive
 * @param to end of the range, exclusive; after {@code from}
 * @param zone time zone that defines days, weeks and months
 * @param limit maximum number of rows; not applied to a time series without dimensions
 * @param order metric by which rows are sorted in descending order; if null, rows are sorted by time if there is an
 *     interval, and otherwise by the first metric
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
    /** Maximum {@code limit} of a query. */
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

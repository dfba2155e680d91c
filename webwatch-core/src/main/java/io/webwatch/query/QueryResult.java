package io.webwatch.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a {@link Query}. Immutable.
 *
 * @param columns time if the query has an interval, then its dimensions, then its metrics
 * @param rows values in the order of the columns: {@link java.time.Instant} for time, String or null for a dimension,
 *     Long, Double or null for a metric
 * @param truncated whether there were more rows than the limit
 * @param notes sentences that help to interpret the numbers
 */
public record QueryResult(
        List<Column> columns, List<List<@Nullable Object>> rows, boolean truncated, List<String> notes) {
    /** The kind of value in a column. */
    public enum Kind {
        TIME,
        DIMENSION,
        METRIC
    }

    /**
     * A column.
     *
     * @param unit unit of a metric; null for time and dimensions
     */
    public record Column(String name, Kind kind, @Nullable String unit) {}

    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }
}

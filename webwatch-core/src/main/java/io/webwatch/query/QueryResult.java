package io.webwatch.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Query}. Immutable.
 *
 * @param columns time when there is an interval, then the dimensions, then the metrics, as asked
 * @param rows values in the order of the columns: {@link java.time.Instant} for time, String or null for dimensions,
 *     Long, Double or null for metrics
 * @param truncated whether the limit cut rows off
 * @param notes sentences that a reader of the figures needs
 */
public record QueryResult(
        List<Column> columns, List<List<@Nullable Object>> rows, boolean truncated, List<String> notes) {
    /** What a column holds. */
    public enum Kind {
        TIME,
        DIMENSION,
        METRIC
    }

    /**
     * A column.
     *
     * @param unit of a metric, else null
     */
    public record Column(String name, Kind kind, @Nullable String unit) {}

    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }
}

package io.webwatch.duckdb;

import io.webwatch.query.Dimension;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryResult.Column;
import io.webwatch.query.QueryResult.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs queries: checks them, runs their SQL, and adds the missing steps of series. Thread-safe. */
final class QueryRunner {
    /** Maximum number of steps of a series: two weeks of minutes, or more than two years of hours. */
    private static final int MAX_STEPS = 20_000;

    /** No event is earlier. Prevents overflows in the engine and the calendar. */
    private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");

    /** No event is later. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final StoreSettings settings;

    QueryRunner(StoreSettings settings) {
        this.settings = settings;
    }

    QueryResult run(ReadPool pool, Query query) throws QueryException {
        Instant from = clamp(query.from(), EARLIEST, LATEST.minusMillis(1));
        Instant to = clamp(query.to(), from.plusMillis(1), LATEST);
        TimeSteps steps = steps(query, from, to);
        QuerySql sql = new QuerySql(query, from, to, settings.sessionTimeout(), steps);
        List<List<@Nullable Object>> rows = pool.query(sql.build(), result -> rows(query, steps, result));
        boolean truncated = false;
        if (sql.isWholeSeries() && steps != null) {
            rows = filled(query, steps, rows);
        } else if (rows.size() > query.limit()) {
            rows.remove(rows.size() - 1);
            truncated = true;
        }
        return new QueryResult(columns(query), rows, truncated, notes(query, from, to));
    }

    /** Limits an instant and rounds it up to a whole millisecond, which changes nothing: events have whole milliseconds. */
    private static Instant clamp(Instant instant, Instant min, Instant max) {
        if (instant.isBefore(min)) {
            return min;
        }
        if (instant.isAfter(max)) {
            return max;
        }
        Instant whole = instant.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(instant) ? whole : whole.plusMillis(1);
    }

    private static @Nullable TimeSteps steps(Query query, Instant from, Instant to) throws QueryException {
        Interval interval = query.interval();
        if (interval == null) {
            return null;
        }
        TimeSteps steps = new TimeSteps(interval, query.zone(), from, to);
        if (steps.estimate() > MAX_STEPS) {
            throw new QueryException(
                    QueryException.Reason.UNSUPPORTED,
                    "The range has more than " + MAX_STEPS
                            + " steps of one " + interval.name().toLowerCase(Locale.ROOT)
                            + ". Use a longer interval or a shorter range.");
        }
        return steps;
    }

    private static List<List<@Nullable Object>> rows(Query query, @Nullable TimeSteps steps, ResultSet result)
            throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            int column = 1;
            if (steps != null) {
                row.add(result.getLong(column++));
            }
            for (int i = 0; i < query.dimensions().size(); i++) {
                row.add(result.getString(column++));
            }
            for (Metric metric : query.metrics()) {
                row.add(metric(result, column++, MetricColumn.of(metric)));
            }
            if (steps != null) {
                row.set(0, steps.begin(result.getLong(1)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object metric(ResultSet result, int column, MetricColumn metric) throws SQLException {
        if (metric.isCount()) {
            return result.getLong(column);
        }
        double value = result.getDouble(column);
        return result.wasNull() ? null : (Object) value;
    }

    /** Returns a row for every step. In the added rows counts are 0 and means are null. */
    private static List<List<@Nullable Object>> filled(
            Query query, TimeSteps steps, List<List<@Nullable Object>> rows) {
        Map<Object, List<@Nullable Object>> byTime = new HashMap<>();
        for (List<@Nullable Object> row : rows) {
            byTime.put(Objects.requireNonNull(row.get(0)), row);
        }
        List<List<@Nullable Object>> filled = new ArrayList<>();
        for (long key : steps.keys()) {
            Instant begin = steps.begin(key);
            List<@Nullable Object> row = byTime.get(begin);
            filled.add(row != null ? row : empty(query, begin));
        }
        Metric order = query.order();
        if (order != null) {
            int column = 1 + query.metrics().indexOf(order);
            filled.sort(Comparator.comparing(
                    row -> (Number) row.get(column),
                    Comparator.nullsLast(Collections.reverseOrder(Comparator.comparingDouble(Number::doubleValue)))));
        }
        return filled;
    }

    private static List<@Nullable Object> empty(Query query, Instant begin) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(begin);
        for (Metric metric : query.metrics()) {
            row.add(MetricColumn.of(metric).isCount() ? (Object) 0L : null);
        }
        return row;
    }

    private static List<Column> columns(Query query) {
        List<Column> columns = new ArrayList<>();
        if (query.interval() != null) {
            columns.add(new Column("time", Kind.TIME, null));
        }
        for (Dimension dimension : query.dimensions()) {
            columns.add(new Column(dimension.id(), Kind.DIMENSION, null));
        }
        for (Metric metric : query.metrics()) {
            columns.add(new Column(metric.id(), Kind.METRIC, metric.unit()));
        }
        return columns;
    }

    private List<String> notes(Query query, Instant from, Instant to) {
        boolean stepsOfDays =
                query.interval() == null || query.interval() == Interval.WEEK || query.interval() == Interval.MONTH;
        boolean severalDays =
                !LocalDate.ofInstant(from, query.zone()).equals(LocalDate.ofInstant(to.minusMillis(1), query.zone()));
        if (settings.dailyVisitors() && query.metrics().contains(Metric.VISITORS) && stepsOfDays && severalDays) {
            return List.of("Visitors are counted once per day, because a visitor gets a new pseudonym each day.");
        }
        return List.of();
    }
}

package io.webwatch.duckdb;

import io.webwatch.duckdb.DimensionColumn.Scope;
import io.webwatch.duckdb.MetricColumn.Family;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the SQL of a query. Metrics belong to families, which are aggregated separately, each to the columns {@code k} (key
 * of the time step), {@code d0, d1, …} (dimensions) and {@code m0, m1, …} (metrics, null if they belong to another family),
 * and are then merged. Sessions are only computed if the query needs them. Not thread-safe.
 *
 * @see SessionSql
 */
final class QuerySql {
    private final Query query;
    private final Instant from;
    private final Instant to;
    private final @Nullable TimeSteps steps;
    private final QueryDimensions dimensions;
    private final SessionSql sessions;
    private final List<MetricColumn> metrics;
    private final boolean eventsNeedSessions;

    QuerySql(Query query, Instant from, Instant to, Duration sessionTimeout, @Nullable TimeSteps steps) {
        this.query = query;
        this.from = from;
        this.to = to;
        this.steps = steps;
        dimensions = QueryDimensions.of(query);
        metrics = query.metrics().stream().map(MetricColumn::of).toList();
        eventsNeedSessions = dimensions.anyUsed(used -> used.scope() == Scope.SESSION_ONLY);
        sessions = new SessionSql(dimensions, from, to, sessionTimeout, eventsNeedSessions);
    }

    /**
     * Builds the statement. Its columns are the key of the step if there are steps, the dimensions, and the metrics; it
     * returns at most one row more than the limit.
     */
    Sql build() {
        Sql sql = new Sql();
        if (eventsNeedSessions || has(Family.SESSIONS)) {
            sql.add(sessions.with());
        }
        sql.add("SELECT ").add(String.join(", ", keyAliases()));
        for (int i = 0; i < metrics.size(); i++) {
            String value = "max(m" + i + ")";
            boolean first = i == 0 && keyAliases().isEmpty();
            sql.add((first ? "" : ", ") + (metrics.get(i).isCount() ? "coalesce(" + value + ", 0)" : value) + " AS v"
                    + i);
        }
        sql.add(" FROM (").add(families()).add(")");
        if (!keyAliases().isEmpty()) {
            sql.add(" GROUP BY " + String.join(", ", keyAliases()));
        }
        sql.add(order());
        return isWholeSeries() ? sql : sql.add(" LIMIT ?", query.limit() + 1);
    }

    /** Returns whether there is a row for every step, so that the limit does not apply. */
    boolean isWholeSeries() {
        return steps != null && dimensions.selected().isEmpty();
    }

    private Sql families() {
        List<Sql> families = new ArrayList<>();
        if (has(Family.EVENTS)) {
            families.add(events());
        }
        if (has(Family.DEPTHS)) {
            families.add(depths());
        }
        if (has(Family.SESSIONS)) {
            families.add(sessions());
        }
        Sql sql = families.get(0);
        for (Sql family : families.subList(1, families.size())) {
            sql.add(" UNION ALL ").add(family);
        }
        return sql;
    }

    private Sql events() {
        return new Sql()
                .add("SELECT ")
                .add(keyColumns("time", DimensionColumn::expression))
                .add(metricColumns(Family.EVENTS))
                .add(" FROM ")
                .add(eventSource())
                .add(groupBy());
    }

    private Sql depths() {
        return new Sql()
                .add("SELECT ")
                .add(keyAliases().stream().map(alias -> alias + ", ").collect(Collectors.joining()))
                .add(metricColumns(Family.DEPTHS))
                .add(" FROM (SELECT ")
                .add(keyColumns("time", DimensionColumn::expression))
                .add("page_view, max(scroll_depth) AS deepest FROM ")
                .add(eventSource())
                .add(" AND scroll_depth IS NOT NULL GROUP BY ")
                .add(keyAliases().stream().map(alias -> alias + ", ").collect(Collectors.joining()))
                .add("page_view)")
                .add(groupBy());
    }

    /** Returns what follows {@code FROM} in a query over events: those in the range that pass the filters. Ends in conditions. */
    private Sql eventSource() {
        Sql sql = new Sql();
        if (eventsNeedSessions) {
            sql.add("numbered JOIN visits USING (" + SessionSql.KEYS + ") WHERE true");
        } else {
            sql.add("events WHERE time >= ? AND time < ?", TimeSteps.utc(from), TimeSteps.utc(to));
        }
        return sql.add(dimensions.conditions(column -> true, DimensionColumn::expression));
    }

    private Sql sessions() {
        return new Sql()
                .add("SELECT ")
                .add(keyColumns("began", SessionSql::expression))
                .add(metricColumns(Family.SESSIONS))
                .add(" FROM ")
                .add(sessions.source())
                .add(groupBy());
    }

    private boolean has(Family family) {
        return metrics.stream().anyMatch(metric -> metric.family() == family);
    }

    private List<String> keyAliases() {
        List<String> aliases = new ArrayList<>();
        if (steps != null) {
            aliases.add("k");
        }
        IntStream.range(0, dimensions.selected().size()).forEach(i -> aliases.add("d" + i));
        return aliases;
    }

    private Sql keyColumns(String time, Function<DimensionColumn, String> expression) {
        Sql sql = new Sql();
        if (steps != null) {
            sql.add(steps.key(time)).add(" AS k, ");
        }
        for (int i = 0; i < dimensions.selected().size(); i++) {
            sql.add("nullif(" + expression.apply(dimensions.selected().get(i)) + ", '') AS d" + i + ", ");
        }
        return sql;
    }

    private Sql metricColumns(Family family) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            MetricColumn metric = metrics.get(i);
            String value = metric.family() == family ? metric.expression() : "NULL";
            columns.add("CAST(" + value + " AS " + metric.sqlType() + ") AS m" + i);
        }
        return new Sql().add(String.join(", ", columns));
    }

    private String groupBy() {
        return keyAliases().isEmpty() ? "" : " GROUP BY " + String.join(", ", keyAliases());
    }

    private String order() {
        List<String> terms = new ArrayList<>();
        if (steps != null && query.order() == null) {
            terms.add("k");
        }
        Metric ordering = query.order() == null ? query.metrics().get(0) : query.order();
        terms.add("v" + query.metrics().indexOf(ordering) + " DESC NULLS LAST");
        if (steps != null && query.order() != null) {
            terms.add("k");
        }
        IntStream.range(0, dimensions.selected().size()).forEach(i -> terms.add("d" + i + " NULLS LAST"));
        return " ORDER BY " + String.join(", ", terms);
    }
}

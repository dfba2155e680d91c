package io.webwatch.duckdb;

import io.webwatch.duckdb.DimensionColumn.Scope;
import io.webwatch.duckdb.MetricColumn.Family;
import io.webwatch.event.EventType;
import io.webwatch.query.Filter;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the SQL of a query. Metrics fall into families that are aggregated apart, each to the columns {@code k} (key of
 * the time step), {@code d0, d1, …} (dimensions) and {@code m0, m1, …} (metrics, null where they belong to another
 * family), and then put together. Sessions are computed only when something asks for them. Not thread-safe.
 *
 * <p>Sessions are those of the gap: a visitor's event begins one when the visitor was silent for longer than the
 * time-out. One belongs to the moment at which it began; to know that, events of one time-out before the range are read.
 */
final class QuerySql {
    private static final String KEYS = "site, visitor, n";
    private static final String INTERACTION = Stream.of(EventType.values())
            .filter(EventType::isInteraction)
            .map(type -> "'" + type.id() + "'")
            .collect(Collectors.joining(", ", "type IN (", ")"));

    private final Query query;
    private final Instant from;
    private final Instant to;
    private final Duration sessionTimeout;
    private final @Nullable TimeSteps steps;
    private final List<DimensionColumn> dimensions;
    private final List<MetricColumn> metrics;
    private final boolean eventsNeedSessions;

    QuerySql(Query query, Instant from, Instant to, Duration sessionTimeout, @Nullable TimeSteps steps) {
        this.query = query;
        this.from = from;
        this.to = to;
        this.sessionTimeout = sessionTimeout;
        this.steps = steps;
        dimensions = query.dimensions().stream().map(DimensionColumn::of).toList();
        metrics = query.metrics().stream().map(MetricColumn::of).toList();
        eventsNeedSessions = usedDimensions().stream().anyMatch(used -> used.scope() == Scope.SESSION_ONLY);
    }

    /** The whole statement. Rows: the step's key when there are steps, dimensions, metrics; one more than the limit. */
    Sql build() {
        Sql sql = new Sql();
        if (eventsNeedSessions || has(Family.SESSIONS)) {
            sql.add("WITH ").add(numbered()).add(", ").add(visits()).add(" ");
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

    /** Whether there is a row for every step, so that no limit applies. */
    boolean isWholeSeries() {
        return steps != null && dimensions.isEmpty();
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
                .add(keyColumns("time", this::eventExpression))
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
                .add(keyColumns("time", this::eventExpression))
                .add("page_view, max(scroll_depth) AS deepest FROM ")
                .add(eventSource())
                .add(" AND scroll_depth IS NOT NULL GROUP BY ")
                .add(keyAliases().stream().map(alias -> alias + ", ").collect(Collectors.joining()))
                .add("page_view)")
                .add(groupBy());
    }

    /** Events of the range that pass the filters: what follows FROM, with a WHERE to which more can be added. */
    private Sql eventSource() {
        Sql sql = new Sql();
        if (eventsNeedSessions) {
            sql.add("numbered JOIN visits USING (" + KEYS + ") WHERE true");
        } else {
            sql.add("events WHERE time >= ? AND time < ?", TimeSteps.utc(from), TimeSteps.utc(to));
        }
        for (Filter filter : query.filters()) {
            DimensionColumn column = DimensionColumn.of(filter.dimension());
            sql.add(" AND ").add(DimensionColumn.condition(column.expression(), filter));
        }
        return sql;
    }

    private String eventExpression(DimensionColumn column) {
        return column.expression();
    }

    /** Events with the number of their session, counted for each visitor. */
    private Sql numbered() {
        Set<String> columns = new LinkedHashSet<>(List.of("site", "visitor", "time", "time_ns", "type", "engaged_ms"));
        if (eventsNeedSessions) {
            columns.addAll(List.of("path", "page_view", "load_ms", "scroll_depth"));
        }
        usedDimensions().forEach(used -> columns.addAll(used.columns()));
        String order = " OVER (PARTITION BY site, visitor ORDER BY time_ns)";
        Sql sql = new Sql()
                .add("numbered AS (SELECT *, sum(begins) OVER (PARTITION BY site, visitor ORDER BY time_ns"
                        + " ROWS UNBOUNDED PRECEDING) AS n FROM (SELECT " + String.join(", ", columns)
                        + ", CASE WHEN epoch_ms(time) - epoch_ms(lag(time)" + order + ") <= "
                        + sessionTimeout.toMillis() + " THEN 0 ELSE 1 END AS begins FROM events")
                .add(
                        " WHERE time >= ? AND time < ? AND visitor <> ''",
                        TimeSteps.utc(from.minus(sessionTimeout)),
                        TimeSteps.utc(to));
        for (Filter filter : filters(column -> column.expression().equals("site"))) {
            // a visitor's sessions lie within one site, so that other sites need not be read
            sql.add(" AND ").add(DimensionColumn.condition("site", filter));
        }
        return sql.add("))");
    }

    /** The sessions that began in the range. */
    private Sql visits() {
        Sql sql = new Sql()
                .add("visits AS (SELECT " + KEYS + ", min(time) AS began, max(time) AS ended,"
                        + " count(*) FILTER (WHERE type = 'page_view') AS pages,"
                        + " count(*) FILTER (WHERE " + INTERACTION + ") AS interactions,"
                        + " coalesce(sum(engaged_ms), 0) AS engaged_total");
        if (eventsNeedSessions) {
            sql.add(", arg_min(path, time_ns) FILTER (WHERE type = 'page_view') AS entry_page"
                    + ", arg_max(path, time_ns) FILTER (WHERE type = 'page_view') AS exit_page");
        }
        for (DimensionColumn used : usedDimensions()) {
            if (used.scope() == Scope.SESSION) {
                sql.add(", arg_min_null(" + used.expression() + ", time_ns) AS " + used.sessionColumn());
            }
        }
        return sql.add(" FROM numbered GROUP BY " + KEYS + " HAVING min(time) >= ?)", TimeSteps.utc(from));
    }

    private Sql sessions() {
        boolean byPage = usedDimensions().stream().anyMatch(used -> used.scope() == Scope.PAGE);
        Sql sql = new Sql()
                .add("SELECT ")
                .add(keyColumns("began", this::sessionExpression))
                .add(metricColumns(Family.SESSIONS))
                .add(" FROM (SELECT *, " + (byPage ? "coalesce(engaged_there, 0)" : "engaged_total") + " AS engaged")
                .add(" FROM visits");
        if (usedDimensions().stream().anyMatch(used -> !used.isOfSession())) {
            sql.add(" JOIN ").add(hits());
        }
        if (byPage) {
            sql.add(" LEFT JOIN ").add(engagedThere());
        }
        sql.add(" WHERE true");
        for (Filter filter : filters(DimensionColumn::isOfSession)) {
            DimensionColumn column = DimensionColumn.of(filter.dimension());
            sql.add(" AND ").add(DimensionColumn.condition(column.sessionColumn(), filter));
        }
        return sql.add(")").add(groupBy());
    }

    private String sessionExpression(DimensionColumn column) {
        return column.isOfSession()
                ? column.sessionColumn()
                : "hit_" + column.dimension().id();
    }

    /** The sessions in which something passed the filters of events, once for each value of the events' dimensions. */
    private Sql hits() {
        Sql sql = new Sql().add("(SELECT DISTINCT " + KEYS);
        for (DimensionColumn column : actionDimensions(used -> true)) {
            sql.add(", nullif(" + column.expression() + ", '') AS hit_"
                    + column.dimension().id());
        }
        sql.add(" FROM numbered WHERE true");
        for (Filter filter : filters(column -> !column.isOfSession())) {
            DimensionColumn column = DimensionColumn.of(filter.dimension());
            sql.add(" AND ").add(DimensionColumn.condition(column.expression(), filter));
        }
        return sql.add(") AS hits USING (" + KEYS + ")");
    }

    /** Engaged time of each session on the pages that are asked for, instead of all its pages. */
    private Sql engagedThere() {
        List<DimensionColumn> pages = actionDimensions(used -> used.scope() == Scope.PAGE);
        Sql sql = new Sql().add("(SELECT " + KEYS + ", sum(engaged_ms) AS engaged_there");
        StringBuilder on = new StringBuilder(
                "visits.site = there.site AND visits.visitor = there.visitor" + " AND visits.n = there.n");
        for (DimensionColumn column : pages) {
            String id = column.dimension().id();
            sql.add(", nullif(" + column.expression() + ", '') AS there_" + id);
            on.append(" AND hit_")
                    .append(id)
                    .append(" IS NOT DISTINCT FROM there_")
                    .append(id);
        }
        sql.add(" FROM numbered WHERE engaged_ms IS NOT NULL");
        for (Filter filter : filters(column -> column.scope() == Scope.PAGE)) {
            DimensionColumn column = DimensionColumn.of(filter.dimension());
            sql.add(" AND ").add(DimensionColumn.condition(column.expression(), filter));
        }
        sql.add(" GROUP BY ALL) AS there ON ");
        return sql.add(on.toString());
    }

    private List<DimensionColumn> actionDimensions(Predicate<DimensionColumn> wanted) {
        return dimensions.stream()
                .filter(column -> !column.isOfSession())
                .filter(wanted)
                .distinct()
                .toList();
    }

    private List<Filter> filters(Predicate<DimensionColumn> wanted) {
        return query.filters().stream()
                .filter(filter -> wanted.test(DimensionColumn.of(filter.dimension())))
                .toList();
    }

    private Set<DimensionColumn> usedDimensions() {
        Set<DimensionColumn> used = new LinkedHashSet<>(dimensions);
        query.filters().forEach(filter -> used.add(DimensionColumn.of(filter.dimension())));
        return used;
    }

    private boolean has(Family family) {
        return metrics.stream().anyMatch(metric -> metric.family() == family);
    }

    private List<String> keyAliases() {
        List<String> aliases = new ArrayList<>();
        if (steps != null) {
            aliases.add("k");
        }
        IntStream.range(0, dimensions.size()).forEach(i -> aliases.add("d" + i));
        return aliases;
    }

    private Sql keyColumns(String time, Function<DimensionColumn, String> expression) {
        Sql sql = new Sql();
        if (steps != null) {
            sql.add(steps.key(time)).add(" AS k, ");
        }
        for (int i = 0; i < dimensions.size(); i++) {
            sql.add("nullif(" + expression.apply(dimensions.get(i)) + ", '') AS d" + i + ", ");
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
        IntStream.range(0, dimensions.size()).forEach(i -> terms.add("d" + i + " NULLS LAST"));
        return " ORDER BY " + String.join(", ", terms);
    }
}

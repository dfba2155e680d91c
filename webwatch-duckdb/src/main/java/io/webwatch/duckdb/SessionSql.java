package io.webwatch.duckdb;

import io.webwatch.duckdb.DimensionColumn.Scope;
import io.webwatch.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the SQL that assigns events to sessions. A visitor's event begins a session if the visitor was inactive for longer
 * than the session time-out. A session belongs to the moment at which it began. To know that moment, events of one time-out
 * before the range are read too. Not thread-safe.
 */
final class SessionSql {
    /** The columns that identify a session. */
    static final String KEYS = "site, visitor, n";

    private static final String INTERACTION = Stream.of(EventType.values())
            .filter(EventType::isInteraction)
            .map(type -> "'" + type.id() + "'")
            .collect(Collectors.joining(", ", "type IN (", ")"));

    private final QueryDimensions dimensions;
    private final Instant from;
    private final Instant to;
    private final Duration timeout;
    private final boolean needsPages;

    /**
     * Creates a builder.
     *
     * @param needsPages whether entry and exit pages, and events with their session, are needed
     */
    SessionSql(QueryDimensions dimensions, Instant from, Instant to, Duration timeout, boolean needsPages) {
        this.dimensions = dimensions;
        this.from = from;
        this.to = to;
        this.timeout = timeout;
        this.needsPages = needsPages;
    }

    /**
     * Returns the table expressions {@code numbered}, the events with the number of their session among those of the visitor,
     * and {@code visits}, the sessions that began in the range.
     */
    Sql with() {
        return new Sql().add("WITH ").add(numbered()).add(", ").add(visits()).add(" ");
    }

    private Sql numbered() {
        Set<String> columns = new LinkedHashSet<>(List.of("site", "visitor", "time", "time_ns", "type", "engaged_ms"));
        if (needsPages) {
            columns.addAll(List.of("path", "page_view", "load_ms", "scroll_depth"));
        }
        dimensions.used().forEach(used -> columns.addAll(used.columns()));
        String order = " OVER (PARTITION BY site, visitor ORDER BY time_ns)";
        return new Sql()
                .add("numbered AS (SELECT *, sum(begins) OVER (PARTITION BY site, visitor ORDER BY time_ns"
                        + " ROWS UNBOUNDED PRECEDING) AS n FROM (SELECT " + String.join(", ", columns)
                        + ", CASE WHEN epoch_ms(time) - epoch_ms(lag(time)" + order + ") <= " + timeout.toMillis()
                        + " THEN 0 ELSE 1 END AS begins FROM events")
                .add(
                        " WHERE time >= ? AND time < ? AND visitor <> ''",
                        TimeSteps.utc(from.minus(timeout)),
                        TimeSteps.utc(to))
                // All sessions of a visitor belong to one site, so other sites need not be read.
                .add(dimensions.conditions(column -> column.expression().equals("site"), column -> "site"))
                .add("))");
    }

    private Sql visits() {
        Sql sql = new Sql()
                .add("visits AS (SELECT " + KEYS + ", min(time) AS began, max(time) AS ended,"
                        + " count(*) FILTER (WHERE type = 'page_view') AS pages,"
                        + " count(*) FILTER (WHERE " + INTERACTION + ") AS interactions,"
                        + " coalesce(sum(engaged_ms), 0) AS engaged_total");
        if (needsPages) {
            sql.add(", arg_min(path, time_ns) FILTER (WHERE type = 'page_view') AS entry_page"
                    + ", arg_max(path, time_ns) FILTER (WHERE type = 'page_view') AS exit_page");
        }
        for (DimensionColumn used : dimensions.used()) {
            if (used.scope() == Scope.SESSION) {
                sql.add(", arg_min_null(" + used.expression() + ", time_ns) AS " + used.sessionColumn());
            }
        }
        return sql.add(" FROM numbered GROUP BY " + KEYS + " HAVING min(time) >= ?)", TimeSteps.utc(from));
    }

    /**
     * Returns what follows {@code FROM} in a query over sessions: those with an event that passes the filters, once for each
     * value of the events' dimensions, with the engaged time in {@code engaged}.
     */
    Sql source() {
        boolean byPage = dimensions.anyUsed(used -> used.scope() == Scope.PAGE);
        Sql sql = new Sql()
                .add("(SELECT *, " + (byPage ? "coalesce(engaged_there, 0)" : "engaged_total") + " AS engaged")
                .add(" FROM visits");
        if (dimensions.anyUsed(used -> !used.isOfSession())) {
            sql.add(" JOIN ").add(hits());
        }
        if (byPage) {
            sql.add(" LEFT JOIN ").add(engagedThere());
        }
        return sql.add(" WHERE true")
                .add(dimensions.conditions(DimensionColumn::isOfSession, DimensionColumn::sessionColumn))
                .add(")");
    }

    /** Returns the expression of a dimension in a query over {@link #source}. */
    static String expression(DimensionColumn column) {
        return column.isOfSession()
                ? column.sessionColumn()
                : "hit_" + column.dimension().id();
    }

    private Sql hits() {
        Sql sql = new Sql().add("(SELECT DISTINCT " + KEYS);
        for (DimensionColumn column : dimensions.ofEvents()) {
            sql.add(", nullif(" + column.expression() + ", '') AS hit_"
                    + column.dimension().id());
        }
        return sql.add(" FROM numbered WHERE true")
                .add(dimensions.conditions(column -> !column.isOfSession(), DimensionColumn::expression))
                .add(") AS hits USING (" + KEYS + ")");
    }

    /** Returns each session's engaged time on the selected pages, instead of that on all its pages. */
    private Sql engagedThere() {
        Sql sql = new Sql().add("(SELECT " + KEYS + ", sum(engaged_ms) AS engaged_there");
        StringBuilder on =
                new StringBuilder("visits.site = there.site AND visits.visitor = there.visitor AND visits.n = there.n");
        for (DimensionColumn column : dimensions.ofEvents()) {
            if (column.scope() != Scope.PAGE) {
                continue;
            }
            String id = column.dimension().id();
            sql.add(", nullif(" + column.expression() + ", '') AS there_" + id);
            on.append(" AND hit_")
                    .append(id)
                    .append(" IS NOT DISTINCT FROM there_")
                    .append(id);
        }
        return sql.add(" FROM numbered WHERE engaged_ms IS NOT NULL")
                .add(dimensions.conditions(column -> column.scope() == Scope.PAGE, DimensionColumn::expression))
                .add(" GROUP BY ALL) AS there ON ")
                .add(on.toString());
    }
}

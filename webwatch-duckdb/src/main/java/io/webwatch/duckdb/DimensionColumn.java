package io.webwatch.duckdb;

import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL of a dimension.
 *
 * @param expression an expression over the columns of {@code events}, or the name of a column of sessions
 * @param columns the columns of {@code events} in the expression
 */
record DimensionColumn(Dimension dimension, Scope scope, String expression, List<String> columns) {
    /** What a dimension is a property of when sessions are counted. */
    enum Scope {
        /** The session has one value, that of its first event. */
        SESSION,
        /** The value is only known from the whole session: entry and exit page. */
        SESSION_ONLY,
        /** Each event has its own value, and engaged time can be grouped by it. */
        PAGE,
        /** Each event has its own value. */
        ACTION
    }

    private static final Map<Dimension, DimensionColumn> ALL = new EnumMap<>(Dimension.class);

    static {
        for (Dimension dimension : Dimension.values()) {
            ALL.put(dimension, define(dimension));
        }
    }

    static DimensionColumn of(Dimension dimension) {
        return ALL.get(dimension);
    }

    private static DimensionColumn define(Dimension dimension) {
        return switch (dimension) {
            case SCREEN ->
                new DimensionColumn(
                        dimension,
                        Scope.SESSION,
                        "(screen_width || 'x' || screen_height)",
                        List.of("screen_width", "screen_height"));
            case NAME ->
                new DimensionColumn(
                        dimension, Scope.ACTION, "(CASE WHEN type = 'custom' THEN name END)", List.of("type", "name"));
            case USER -> plain(dimension, Scope.SESSION, "\"user\"");
            case ENTRY_PAGE, EXIT_PAGE -> new DimensionColumn(dimension, Scope.SESSION_ONLY, dimension.id(), List.of());
            case PATH, ROUTE, TITLE -> plain(dimension, Scope.PAGE, dimension.id());
            case TYPE, ELEMENT, FILE, FORM, MEDIA, IMAGE -> plain(dimension, Scope.ACTION, dimension.id());
            case SITE,
                    HOST,
                    REFERRER,
                    CHANNEL,
                    UTM_SOURCE,
                    UTM_MEDIUM,
                    UTM_CAMPAIGN,
                    DEVICE,
                    BROWSER,
                    OS,
                    COUNTRY,
                    LANGUAGE,
                    BOT -> plain(dimension, Scope.SESSION, dimension.id());
        };
    }

    private static DimensionColumn plain(Dimension dimension, Scope scope, String column) {
        return new DimensionColumn(dimension, scope, column, List.of(column));
    }

    boolean isOfSession() {
        return scope == Scope.SESSION || scope == Scope.SESSION_ONLY;
    }

    /** Returns the column with the value of a session. */
    String sessionColumn() {
        return scope == Scope.SESSION ? "of_" + dimension.id() : expression;
    }

    /** Returns a condition on the expression. An empty string in the filter's values matches unknown values. */
    static Sql condition(String expression, Filter filter) {
        return switch (filter.operator()) {
            case IS -> in(expression, filter.values(), true);
            case NOT -> in(expression, filter.values(), false);
            case CONTAINS -> anyOf("contains(coalesce(" + expression + ", ''), ?)", filter.values());
            case STARTS -> anyOf("starts_with(coalesce(" + expression + ", ''), ?)", filter.values());
        };
    }

    /** Returns a condition without a function call around the column, so that the engine can use its statistics. */
    private static Sql in(String expression, List<String> values, boolean wanted) {
        boolean unknown = values.contains("");
        String list = expression + (wanted ? " IN (" : " NOT IN (") + "?, ".repeat(values.size() - 1) + "?)";
        String condition = unknown == wanted ? "(" + expression + " IS NULL OR " + list + ")" : list;
        return new Sql().add(condition, values.toArray());
    }

    private static Sql anyOf(String test, List<String> values) {
        return new Sql().add("(" + test + (" OR " + test).repeat(values.size() - 1) + ")", values.toArray());
    }
}

package io.webwatch.duckdb;

import io.webwatch.query.Filter;
import io.webwatch.query.Query;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The columns of a query's dimensions and filters.
 *
 * @param selected columns of the dimensions by which the query groups, in its order
 */
record QueryDimensions(List<DimensionColumn> selected, List<Filter> filters) {
    static QueryDimensions of(Query query) {
        return new QueryDimensions(
                query.dimensions().stream().map(DimensionColumn::of).toList(), query.filters());
    }

    /** Returns the columns of dimensions and filters. */
    Set<DimensionColumn> used() {
        Set<DimensionColumn> used = new LinkedHashSet<>(selected);
        filters.forEach(filter -> used.add(DimensionColumn.of(filter.dimension())));
        return used;
    }

    boolean anyUsed(Predicate<DimensionColumn> wanted) {
        return used().stream().anyMatch(wanted);
    }

    /** Returns the selected columns of which each event has its own value. */
    List<DimensionColumn> ofEvents() {
        return selected.stream()
                .filter(column -> !column.isOfSession())
                .distinct()
                .toList();
    }

    /** Returns {@code AND} with the condition of each filter on a wanted column. */
    Sql conditions(Predicate<DimensionColumn> wanted, Function<DimensionColumn, String> expression) {
        Sql sql = new Sql();
        for (Filter filter : filters) {
            DimensionColumn column = DimensionColumn.of(filter.dimension());
            if (wanted.test(column)) {
                sql.add(" AND ").add(DimensionColumn.condition(expression.apply(column), filter));
            }
        }
        return sql;
    }
}

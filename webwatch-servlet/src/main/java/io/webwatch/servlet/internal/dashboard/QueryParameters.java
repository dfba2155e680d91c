package io.webwatch.servlet.internal.dashboard;

import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code GET api/query}.
 *
 * @param csv whether the result is sent as CSV instead of JSON
 */
record QueryParameters(Query query, boolean csv) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_FILTERS = 20;
    private static final int MAX_VALUES = 100;
    private static final Set<String> NAMES =
            Set.of("metrics", "dimensions", "filter", "interval", "from", "to", "tz", "limit", "order", "format");

    /**
     * Parses the parameters of a request.
     *
     * @throws IllegalArgumentException with a sentence that names the parameter and its allowed values
     */
    static QueryParameters parse(Map<String, String[]> parameters, Instant now) {
        for (String name : parameters.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        name + ": is not a parameter of a query; use " + sorted(NAMES.stream()) + ".");
            }
        }
        List<Metric> metrics = metrics(parameters);
        List<Dimension> dimensions =
                list(parameters, "dimensions", Dimension::byId, ids(Dimension.values(), Dimension::id));
        Interval interval = interval(one(parameters, "interval"));
        QueryTimes times =
                QueryTimes.parse(one(parameters, "from"), one(parameters, "to"), one(parameters, "tz"), interval, now);
        Query query = new Query(
                metrics,
                dimensions,
                filters(parameters.get("filter")),
                interval,
                times.from(),
                times.to(),
                times.zone(),
                limit(one(parameters, "limit")),
                order(one(parameters, "order"), metrics, interval));
        return new QueryParameters(query, isCsv(one(parameters, "format")));
    }

    private static List<Metric> metrics(Map<String, String[]> parameters) {
        String allowed = ids(Metric.values(), Metric::id);
        List<Metric> metrics = list(parameters, "metrics", Metric::byId, allowed);
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics: is missing; name at least one of " + allowed + ".");
        }
        return metrics;
    }

    private static @Nullable String one(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        if (values == null || values.length == 0 || values[0].isBlank()) {
            return null;
        }
        if (values.length > 1) {
            throw new IllegalArgumentException(name + ": is set " + values.length + " times; set it once.");
        }
        return values[0].strip();
    }

    private static <T> List<T> list(
            Map<String, String[]> parameters, String name, Function<String, @Nullable T> byId, String allowed) {
        String text = one(parameters, name);
        List<T> found = new ArrayList<>();
        if (text != null) {
            for (String id : text.split(",")) {
                T value = byId.apply(id.strip());
                if (value == null) {
                    throw new IllegalArgumentException(name + ": '" + shown(id) + "' is not one of " + allowed + ".");
                }
                if (found.contains(value)) {
                    throw new IllegalArgumentException(name + ": '" + shown(id) + "' occurs twice.");
                }
                found.add(value);
            }
        }
        return found;
    }

    private static List<Filter> filters(String @Nullable [] texts) {
        List<Filter> filters = new ArrayList<>();
        for (String text : texts == null ? new String[0] : texts) {
            if (filters.size() == MAX_FILTERS) {
                throw new IllegalArgumentException("filter: there are more than " + MAX_FILTERS + ".");
            }
            filters.add(filter(text));
        }
        return filters;
    }

    private static Filter filter(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException(
                    "filter: '" + shown(text) + "' is not dimension:op:value, such as path:starts:/products.");
        }
        Dimension dimension = Dimension.byId(parts[0]);
        if (dimension == null) {
            throw new IllegalArgumentException(
                    "filter: '" + shown(parts[0]) + "' is not one of " + ids(Dimension.values(), Dimension::id) + ".");
        }
        Filter.Operator operator = Filter.Operator.byId(parts[1]);
        if (operator == null) {
            throw new IllegalArgumentException(
                    "filter: '" + shown(parts[1]) + "' is not one of contains, is, not, starts.");
        }
        List<String> values = List.of(parts[2].split("\\|", -1));
        if (values.size() > MAX_VALUES) {
            throw new IllegalArgumentException("filter: has more than " + MAX_VALUES + " values.");
        }
        return new Filter(dimension, operator, values);
    }

    private static @Nullable Interval interval(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Interval interval = Interval.byId(text);
        if (interval == null) {
            throw new IllegalArgumentException(
                    "interval: '" + shown(text) + "' is not one of minute, hour, day, week, month.");
        }
        return interval;
    }

    private static int limit(@Nullable String text) {
        int limit = DEFAULT_LIMIT;
        try {
            limit = text == null ? DEFAULT_LIMIT : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            limit = 0;
        }
        if (limit < 1 || limit > Query.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit: '" + shown(String.valueOf(text)) + "' is not a number from 1 to " + Query.MAX_LIMIT + ".");
        }
        return limit;
    }

    private static @Nullable Metric order(@Nullable String text, List<Metric> metrics, @Nullable Interval interval) {
        if (text == null || (text.equals("time") && interval != null)) {
            return null;
        }
        Metric order = Metric.byId(text);
        if (order == null || !metrics.contains(order)) {
            throw new IllegalArgumentException("order: '" + shown(text) + "' is not one of the requested metrics ("
                    + metrics.stream().map(Metric::id).collect(Collectors.joining(", "))
                    + ") or, with an interval, time.");
        }
        return order;
    }

    private static boolean isCsv(@Nullable String text) {
        if (text == null || text.equals("json")) {
            return false;
        }
        if (text.equals("csv")) {
            return true;
        }
        throw new IllegalArgumentException("format: '" + shown(text) + "' is not one of json, csv.");
    }

    private static <T> String ids(T[] values, Function<T, String> id) {
        return sorted(Stream.of(values).map(id));
    }

    private static String sorted(Stream<String> names) {
        return names.sorted().collect(Collectors.joining(", "));
    }

    /** Shortens a text for a message. */
    static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

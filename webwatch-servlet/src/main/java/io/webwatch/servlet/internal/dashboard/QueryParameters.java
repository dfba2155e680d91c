package io.webwatch.servlet.internal.dashboard;

import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code GET api/query}. Every error names the parameter and what it may be. */
record QueryParameters(Query query, boolean csv) {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(30);
    private static final Duration LONGEST_RANGE = Duration.ofDays(36_600);
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_FILTERS = 20;
    private static final int MAX_VALUES = 100;
    private static final int MAX_POINTS = 50_000;
    private static final Set<String> NAMES =
            Set.of("metrics", "dimensions", "filter", "interval", "from", "to", "tz", "limit", "order", "format");

    static QueryParameters parse(Map<String, String[]> parameters, Instant now) {
        for (String name : parameters.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(name + ": is no parameter; use " + sorted(NAMES.stream()) + ".");
            }
        }
        List<Metric> metrics = list(
                parameters, "metrics", Metric::byId, Stream.of(Metric.values()).map(Metric::id));
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics: is missing; name at least one of "
                    + sorted(Stream.of(Metric.values()).map(Metric::id)) + ".");
        }
        ZoneId zone = zone(one(parameters, "tz"));
        Interval interval = interval(one(parameters, "interval"));
        Instant to = time("to", one(parameters, "to"), zone, now);
        Instant from = time("from", one(parameters, "from"), zone, to.minus(DEFAULT_RANGE));
        checkRange(from, to, interval);
        Query query = new Query(
                metrics,
                list(
                        parameters,
                        "dimensions",
                        Dimension::byId,
                        Stream.of(Dimension.values()).map(Dimension::id)),
                filters(parameters.get("filter")),
                interval,
                from,
                to,
                zone,
                limit(one(parameters, "limit")),
                order(one(parameters, "order"), metrics, interval));
        return new QueryParameters(query, isCsv(one(parameters, "format")));
    }

    private static void checkRange(Instant from, Instant to, @Nullable Interval interval) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from: " + from + " is not before to, " + to + ".");
        }
        Duration range = Duration.between(from, to);
        if (range.compareTo(LONGEST_RANGE) > 0) {
            throw new IllegalArgumentException("from: the range is longer than 100 years.");
        }
        if (interval != null && range.dividedBy(step(interval)) > MAX_POINTS) {
            throw new IllegalArgumentException("interval: the range has more than " + MAX_POINTS + " steps of a "
                    + interval.id() + "; take a longer interval or a shorter range.");
        }
    }

    private static Duration step(Interval interval) {
        return switch (interval) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
            case WEEK -> Duration.ofDays(7);
            case MONTH -> Duration.ofDays(28);
        };
    }

    private static @Nullable String one(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        if (values == null || values.length == 0 || values[0].isBlank()) {
            return null;
        }
        if (values.length > 1) {
            throw new IllegalArgumentException(name + ": is given " + values.length + " times; give it once.");
        }
        return values[0].strip();
    }

    private static <T> List<T> list(
            Map<String, String[]> parameters, String name, Function<String, @Nullable T> byId, Stream<String> all) {
        String text = one(parameters, name);
        List<T> found = new ArrayList<>();
        if (text != null) {
            String allowed = sorted(all);
            for (String id : text.split(",")) {
                T value = byId.apply(id.strip());
                if (value == null) {
                    throw new IllegalArgumentException(name + ": '" + shown(id) + "' is not one of " + allowed + ".");
                }
                if (found.contains(value)) {
                    throw new IllegalArgumentException(name + ": '" + shown(id) + "' is named twice.");
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
                throw new IllegalArgumentException("filter: more than " + MAX_FILTERS + " are given.");
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
            throw new IllegalArgumentException("filter: '" + shown(parts[0]) + "' is not one of "
                    + sorted(Stream.of(Dimension.values()).map(Dimension::id)) + ".");
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

    private static ZoneId zone(@Nullable String text) {
        if (text == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "tz: '" + shown(text) + "' is not a time zone such as Europe/Berlin.", e);
        }
    }

    private static Instant time(String name, @Nullable String text, ZoneId zone, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            // a plus sign that was not escaped arrives as a space
            String dateTime = text.replace(' ', '+');
            boolean hasOffset =
                    dateTime.endsWith("Z") || dateTime.lastIndexOf('+') > 0 || dateTime.lastIndexOf('-') > 9;
            return hasOffset
                    ? OffsetDateTime.parse(dateTime).toInstant()
                    : LocalDateTime.parse(dateTime).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + ": '" + shown(text)
                            + "' is not a date (2026-01-31), a date-time (2026-01-31T10:00) or an instant"
                            + " (2026-01-31T10:00:00Z).",
                    e);
        }
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
            throw new IllegalArgumentException("order: '" + shown(text) + "' is not one of the metrics asked for ("
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

    private static String sorted(Stream<String> names) {
        return names.sorted().collect(Collectors.joining(", "));
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

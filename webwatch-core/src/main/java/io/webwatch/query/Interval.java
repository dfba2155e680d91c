package io.webwatch.query;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Length of the steps of a time series, by the calendar of the query's time zone. Weeks begin on Monday. */
public enum Interval {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH;

    private static final Map<String, Interval> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Interval::id, interval -> interval));

    private final String id = name().toLowerCase(Locale.ROOT);

    /** Returns the name in requests. */
    public String id() {
        return id;
    }

    /** Returns the interval with the given name, or null. */
    public static @Nullable Interval byId(String id) {
        return BY_ID.get(id);
    }
}

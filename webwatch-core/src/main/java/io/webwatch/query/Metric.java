package io.webwatch.query;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A number that a query computes. */
public enum Metric {
    /** All events except session updates. */
    EVENTS("count"),
    PAGE_VIEWS("count"),
    /** Distinct visitors. Cookieless visitors get a new pseudonym every day, and count once for each day. */
    VISITORS("count"),
    /** Sessions of visitors, separated by 30 minutes of inactivity. */
    SESSIONS("count"),
    CLICKS("count"),
    /** Mean engaged time per session. */
    ENGAGED_TIME("ms"),
    /** Mean time between the first and the last event of a session. */
    SESSION_DURATION("ms"),
    /** Sessions with one page view and no other interaction, of all sessions: 0 to 1. */
    BOUNCE_RATE("ratio"),
    /** Mean number of page views per session. */
    PAGES_PER_SESSION("count"),
    /** Mean of the maximum scroll depth of each page view that reported one, in percent of the page. */
    SCROLL_DEPTH("percent"),
    /** Median load time of page views. */
    LOAD_TIME("ms"),
    DOWNLOADS("count"),
    FORM_SUBMISSIONS("count"),
    VIDEO_PLAYS("count"),
    IMAGE_VIEWS("count"),
    ERRORS("count");

    private static final Map<String, Metric> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Metric::id, metric -> metric));

    private final String id = name().toLowerCase(Locale.ROOT);
    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    /** Returns the name in requests and results. */
    public String id() {
        return id;
    }

    /** Returns the unit: {@code count}, {@code ms}, {@code ratio} or {@code percent}. */
    public String unit() {
        return unit;
    }

    /** Returns the metric with the given name, or null. */
    public static @Nullable Metric byId(String id) {
        return BY_ID.get(id);
    }
}

package io.webwatch.query;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be measured. */
public enum Metric {
    /** All events but session updates. */
    EVENTS("count"),
    PAGE_VIEWS("count"),
    /** Distinct visitors; over several days of a cookieless site, visitors of each day added up. */
    VISITORS("count"),
    /** Sessions by a 30-minute gap over the visitor. */
    SESSIONS("count"),
    CLICKS("count"),
    /** Mean engaged time of a session. */
    ENGAGED_TIME("ms"),
    /** Mean time between the first and the last event of a session. */
    SESSION_DURATION("ms"),
    /** Sessions with one page view and no other interaction, of all sessions: 0 to 1. */
    BOUNCE_RATE("ratio"),
    /** Mean page views of a session. */
    PAGES_PER_SESSION("count"),
    /** Mean of the deepest point of each page view that reported one, percent. */
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

    /** The name in requests and results. */
    public String id() {
        return id;
    }

    /** {@code count}, {@code ms}, {@code ratio} or {@code percent}. */
    public String unit() {
        return unit;
    }

    /** The metric of that name, or null. */
    public static @Nullable Metric byId(String id) {
        return BY_ID.get(id);
    }
}

package io.webwatch.duckdb;

import io.webwatch.query.Metric;

/**
 * The SQL of a metric.
 *
 * @param family the rows that are aggregated
 * @param expression an aggregate function over these rows
 * @param isCount whether the metric is a number of things, which is 0 if there are no rows
 */
record MetricColumn(Family family, String expression, boolean isCount) {
    /** Kinds of rows. */
    enum Family {
        EVENTS,
        /** The maximum scroll depth of each page view. */
        DEPTHS,
        SESSIONS
    }

    static MetricColumn of(Metric metric) {
        return switch (metric) {
            case EVENTS -> count("true");
            case PAGE_VIEWS -> count("type = 'page_view'");
            case VISITORS ->
                new MetricColumn(Family.EVENTS, "count(DISTINCT visitor) FILTER (WHERE visitor <> '')", true);
            case CLICKS -> count("type = 'click'");
            case DOWNLOADS -> count("type = 'download'");
            case FORM_SUBMISSIONS -> count("type = 'form_submit'");
            case VIDEO_PLAYS -> count("type = 'video_play'");
            case IMAGE_VIEWS -> count("type = 'image_view'");
            case ERRORS -> count("type = 'error'");
            case LOAD_TIME ->
                new MetricColumn(Family.EVENTS, "median(load_ms) FILTER (WHERE type = 'page_view')", false);
            case SCROLL_DEPTH -> new MetricColumn(Family.DEPTHS, "avg(deepest)", false);
            case SESSIONS -> new MetricColumn(Family.SESSIONS, "count(*)", true);
            case ENGAGED_TIME -> session("avg(engaged)");
            case SESSION_DURATION -> session("avg(epoch_ms(ended) - epoch_ms(began))");
            case BOUNCE_RATE -> session("avg(CASE WHEN pages = 1 AND interactions = 0 THEN 1 ELSE 0 END)");
            case PAGES_PER_SESSION -> session("avg(pages)");
        };
    }

    private static MetricColumn count(String condition) {
        return new MetricColumn(Family.EVENTS, "count(*) FILTER (WHERE " + condition + ")", true);
    }

    private static MetricColumn session(String expression) {
        return new MetricColumn(Family.SESSIONS, expression, false);
    }

    String sqlType() {
        return isCount ? "BIGINT" : "DOUBLE";
    }
}

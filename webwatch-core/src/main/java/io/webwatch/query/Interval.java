package io.webwatch.query;

/** Width of the steps of a time series, by the calendar of the query's time zone; weeks begin on Monday. */
public enum Interval {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH
}

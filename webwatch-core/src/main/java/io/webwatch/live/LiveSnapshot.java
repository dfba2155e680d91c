package io.webwatch.live;

import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import java.util.List;
import java.util.Map;

/**
 * What happens now. Immutable.
 *
 * @param version grows with every change
 * @param timeMillis when it was taken
 * @param visitorsNow distinct visitors of the last five minutes
 * @param eventsPerSecond mean of the last ten seconds
 * @param totals since start
 * @param minutes the last 30, oldest first; the last one is running
 * @param topPages of the last five minutes, most visitors first, at most 10
 * @param recent newest first, at most 50
 */
public record LiveSnapshot(
        long version,
        long timeMillis,
        int visitorsNow,
        double eventsPerSecond,
        Totals totals,
        List<Minute> minutes,
        List<Page> topPages,
        List<Event> recent,
        Map<DropReason, Long> dropped) {
    /**
     * Counts since start.
     *
     * @param visitors distinct, exact up to a bound and then a lower bound
     */
    public record Totals(long pageViews, long clicks, long visitors, long sessions, long engagedMillis, long events) {}

    /** A minute. */
    public record Minute(long startMillis, long pageViews, long visitors) {}

    /** A page. */
    public record Page(String path, long visitors, long pageViews) {}
}

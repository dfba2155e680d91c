package io.webwatch.live;

import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import java.util.List;
import java.util.Map;

/**
 * The metrics of the live view at one moment. Immutable.
 *
 * @param version increases with every change
 * @param timeMillis time of the snapshot, in epoch milliseconds
 * @param visitorsNow number of distinct visitors in the last five minutes
 * @param eventsPerSecond mean over the last ten seconds
 * @param totals numbers since start
 * @param minutes the last 30 minutes, oldest first; the last one is not complete
 * @param topPages pages of the last five minutes, by descending number of visitors; at most 10
 * @param recent most recent events, newest first; at most 50
 * @param dropped number of dropped events and requests since start, by reason
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
     * Numbers since start.
     *
     * @param visitors number of distinct visitors, exact up to a limit
     * @param sessions number of sessions, exact up to a limit
     */
    public record Totals(long pageViews, long clicks, long visitors, long sessions, long engagedMillis, long events) {}

    /**
     * Numbers of one minute.
     *
     * @param startMillis start of the minute, in epoch milliseconds
     */
    public record Minute(long startMillis, long pageViews, long visitors) {}

    /**
     * Numbers of one page.
     *
     * @param visitors number of visitors whose latest page view is of this page
     */
    public record Page(String path, long visitors, long pageViews) {}
}

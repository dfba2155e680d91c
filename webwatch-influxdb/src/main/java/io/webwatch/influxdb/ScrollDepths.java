package io.webwatch.influxdb;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which event of a page view reached which tenth of the page first. Encoding an event again gives the same answer, so that
 * a repeated write hits the same points. Bounded: the page views heard of last. Not thread-safe.
 */
final class ScrollDepths {
    static final int MAX_PAGE_VIEWS = 10_000;
    static final int TENTHS = 10;

    private final Map<String, long[]> firsts = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, long[]> eldest) {
            return size() > MAX_PAGE_VIEWS;
        }
    };

    /** The unique times of the events that were first, by tenth; 0 where none was. Notes this event's. */
    long[] reached(String pageView, int depth, long timeNanos) {
        long[] first = firsts.get(pageView);
        if (first == null) {
            first = new long[TENTHS];
            firsts.put(pageView, first);
        }
        int tenths = Math.min(Math.max(depth, 0) / 10, TENTHS);
        for (int i = 0; i < tenths; i++) {
            if (first[i] == 0) {
                first[i] = timeNanos;
            }
        }
        return first;
    }

    /** Page views that are remembered. */
    int size() {
        return firsts.size();
    }
}

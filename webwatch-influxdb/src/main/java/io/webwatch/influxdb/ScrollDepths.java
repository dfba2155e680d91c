package io.webwatch.influxdb;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which event of a page view was the first to reach each tenth of the page. Encoding an event again gives the
 * same answer, so a repeated write replaces the same points. Keeps the {@value #MAX_PAGE_VIEWS} page views used last. Not
 * thread-safe.
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

    /** Records the depth of an event, and returns the unique time of the first event for each tenth; 0 if none reached it. */
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

    /** Returns the number of remembered page views. */
    int size() {
        return firsts.size();
    }
}

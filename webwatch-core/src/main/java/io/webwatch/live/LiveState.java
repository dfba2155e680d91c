package io.webwatch.live;

import io.webwatch.event.DropReason;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes the metrics of the live view in bounded memory, whatever the traffic. Numbers of visitors are exact up to
 * their limits; a higher number is reported as the limit. Not thread-safe.
 */
final class LiveState {
    private static final int MINUTES = 30;
    private static final int NOW_MINUTES = 5;
    private static final int RECENT = 50;
    private static final int TOP = 10;
    private static final int RATE_SECONDS = 10;
    private static final int VISITORS_NOW = 20_000;
    private static final int VISITORS_PER_MINUTE = 10_000;
    private static final int VISITORS_TOTAL = 200_000;
    private static final int PAGES_PER_MINUTE = 1_000;
    private static final long MINUTE = 60_000;

    private static final class MinuteState {
        private long number;
        private long pageViews;
        private final LongHashSet visitors = new LongHashSet(VISITORS_PER_MINUTE);
        private final Map<String, Integer> pages = new HashMap<>();
    }

    /** A visitor of the last minutes, with the page of the latest page view. */
    private static final class Present {
        private long lastMillis;
        private String path = "";
    }

    /**
     * The visitor and the minute of the latest event, which spares a lookup for each of the others: the events of a
     * request follow one another and share their context.
     */
    private @Nullable EventContext lastContext;

    private Present lastPresent = new Present();
    private long lastMinute;

    private final MinuteState[] minutes = new MinuteState[MINUTES];
    private final long[] seconds = new long[RATE_SECONDS + 1];
    private final long[] secondNumbers = new long[RATE_SECONDS + 1];
    private final LinkedHashMap<String, Present> now = new LinkedHashMap<>(64, 0.75f, true);
    private final ArrayDeque<Event> recent = new ArrayDeque<>();
    private final LongHashSet visitors = new LongHashSet(VISITORS_TOTAL);
    private final LongHashSet sessions = new LongHashSet(VISITORS_TOTAL);
    private long pageViews;
    private long clicks;
    private long engagedMillis;
    private long events;

    LiveState() {
        for (int i = 0; i < MINUTES; i++) {
            minutes[i] = new MinuteState();
        }
    }

    void add(Event event, long nowMillis) {
        if (event.type() == EventType.SESSION) {
            return;
        }
        events++;
        countSecond(nowMillis / 1_000);
        remember(event);
        String visitor = event.context().visitor();
        if (visitor.isEmpty()) {
            return; // an event of the application, which belongs to no visitor
        }
        MinuteState minute = minute(nowMillis);
        Present present = lastPresent;
        if (event.context() != lastContext || minute.number != lastMinute) {
            present = present(event.context(), minute);
        }
        present.lastMillis = nowMillis;
        if (event.type() == EventType.PAGE_VIEW) {
            pageViews++;
            minute.pageViews++;
            present.path = event.context().page().path();
            if (minute.pages.size() < PAGES_PER_MINUTE || minute.pages.containsKey(present.path)) {
                minute.pages.merge(present.path, 1, Integer::sum);
            }
        } else if (event.type() == EventType.CLICK) {
            clicks++;
        } else if (event.data() instanceof Engagement engagement) {
            engagedMillis += engagement.engagedMillis();
        }
        if (present.path.isEmpty()) {
            present.path = event.context().page().path();
        }
    }

    private Present present(EventContext context, MinuteState minute) {
        visitors.add(context.visitor());
        sessions.add(context.session());
        minute.visitors.add(context.visitor());
        Present present = now.computeIfAbsent(context.visitor(), key -> new Present());
        if (now.size() > VISITORS_NOW) {
            Iterator<Present> eldest = now.values().iterator();
            eldest.next();
            eldest.remove();
        }
        lastContext = context;
        lastPresent = present;
        lastMinute = minute.number;
        return present;
    }

    LiveSnapshot snapshot(long version, long nowMillis, Map<DropReason, Long> dropped) {
        removeInactive(nowMillis);
        return new LiveSnapshot(
                version,
                nowMillis,
                now.size(),
                rate(nowMillis / 1_000),
                new LiveSnapshot.Totals(pageViews, clicks, visitors.size(), sessions.size(), engagedMillis, events),
                minutes(nowMillis),
                topPages(nowMillis),
                List.copyOf(recent),
                dropped);
    }

    private void remember(Event event) {
        recent.addFirst(event);
        if (recent.size() > RECENT) {
            recent.removeLast();
        }
    }

    private void countSecond(long second) {
        int slot = (int) (second % seconds.length);
        if (secondNumbers[slot] != second) {
            secondNumbers[slot] = second;
            seconds[slot] = 0;
        }
        seconds[slot]++;
    }

    /** Returns the mean of the last complete seconds. */
    private double rate(long second) {
        long sum = 0;
        for (int i = 0; i < seconds.length; i++) {
            if (secondNumbers[i] >= second - RATE_SECONDS && secondNumbers[i] < second) {
                sum += seconds[i];
            }
        }
        return (double) sum / RATE_SECONDS;
    }

    private MinuteState minute(long millis) {
        long number = millis / MINUTE;
        MinuteState minute = minutes[(int) (number % MINUTES)];
        if (minute.number != number) {
            minute.number = number;
            minute.pageViews = 0;
            minute.visitors.clear();
            minute.pages.clear();
        }
        return minute;
    }

    private void removeInactive(long nowMillis) {
        Iterator<Present> eldest = now.values().iterator();
        while (eldest.hasNext() && nowMillis - eldest.next().lastMillis > NOW_MINUTES * MINUTE) {
            eldest.remove();
        }
    }

    private List<LiveSnapshot.Minute> minutes(long nowMillis) {
        long last = nowMillis / MINUTE;
        List<LiveSnapshot.Minute> list = new ArrayList<>(MINUTES);
        for (long number = last - MINUTES + 1; number <= last; number++) {
            MinuteState minute = minutes[(int) (number % MINUTES)];
            boolean current = minute.number == number;
            list.add(new LiveSnapshot.Minute(
                    number * MINUTE, current ? minute.pageViews : 0, current ? minute.visitors.size() : 0));
        }
        return list;
    }

    private List<LiveSnapshot.Page> topPages(long nowMillis) {
        Map<String, long[]> pages = new HashMap<>();
        for (Present present : now.values()) {
            pages.computeIfAbsent(present.path, path -> new long[2])[0]++;
        }
        long last = nowMillis / MINUTE;
        for (MinuteState minute : minutes) {
            if (minute.number > last - NOW_MINUTES && minute.number <= last) {
                minute.pages.forEach((path, count) -> pages.computeIfAbsent(path, key -> new long[2])[1] += count);
            }
        }
        return pages.entrySet().stream()
                .map(page -> new LiveSnapshot.Page(page.getKey(), page.getValue()[0], page.getValue()[1]))
                .sorted(Comparator.comparingLong(LiveSnapshot.Page::visitors)
                        .thenComparingLong(LiveSnapshot.Page::pageViews)
                        .reversed()
                        .thenComparing(LiveSnapshot.Page::path))
                .limit(TOP)
                .toList();
    }
}

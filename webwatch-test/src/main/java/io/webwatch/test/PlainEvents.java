package io.webwatch.test;

import io.webwatch.event.Click;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.PageView;
import io.webwatch.event.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds single events for tests of a store, in which it matters who did what on which page, and when. Everything else has
 * an ordinary value, the same in all events. {@link SampleEvents} makes complete events by number.
 */
public final class PlainEvents {
    private PlainEvents() {}

    /** Returns the context of a page view. Each visitor has one session. */
    public static EventContext context(String visitor, String pageView, String path) {
        return new EventContext(
                "default",
                visitor,
                "s-" + visitor,
                null,
                new EventContext.Page(pageView, "shop.example", path, path, "Title of " + path, null),
                new EventContext.Acquisition("direct", null, null, null, null, null),
                new EventContext.Client(
                        DeviceKind.DESKTOP, "Firefox", "140", "Linux", null, 1920, 1080, 1200, 800, "en", "UTC"),
                EventContext.Location.UNKNOWN,
                null);
    }

    /**
     * Returns an event with the given data. Its unique time is the given time with the number as its nanoseconds.
     *
     * @param number the sequence number in the page view
     * @param timeMillis epoch milliseconds
     */
    public static Event event(long number, long timeMillis, EventContext context, EventData data) {
        String id = data instanceof Session ? context.session() : context.page().id();
        return new Event(new EventId(id, number), timeMillis, timeMillis * 1_000_000 + number % 1000, context, data);
    }

    /** Returns the data of a page view, a page that was loaded. */
    public static EventData pageView() {
        return new PageView(PageView.Kind.LOAD, 120L);
    }

    /** Returns the data of a click on the given element. */
    public static EventData click(String element) {
        return new Click(element, "a", null, null, null, false, 10, 20, null, false, false);
    }

    /** Returns page views of one visitor, a millisecond apart. */
    public static List<Event> pageViews(int count, long firstMillis) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(i, firstMillis + i, context("v", "p" + i, "/"), pageView()));
        }
        return events;
    }
}

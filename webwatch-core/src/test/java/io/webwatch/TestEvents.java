package io.webwatch;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.Acquisition;
import io.webwatch.event.EventContext.Client;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventContext.Location;
import io.webwatch.event.EventContext.Page;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import java.util.List;
import java.util.stream.LongStream;

/** Events for tests that care about delivery more than about content. */
public final class TestEvents {
    private TestEvents() {}

    /** A page view of that number. */
    public static Event pageView(long number, String visitor, String path) {
        EventContext context = new EventContext(
                "default",
                visitor,
                "session-" + visitor,
                null,
                new Page("page-view", "shop.example", path, path, null, null),
                new Acquisition("direct", null, null, null, null, null),
                new Client(DeviceKind.DESKTOP, null, null, null, null, 0, 0, 0, 0, null, null),
                Location.UNKNOWN,
                null);
        return new Event(
                new EventId("page-view", number),
                number,
                number * 1_000_000,
                context,
                new EventData.PageView(EventData.PageViewKind.LOAD, null));
    }

    /** Page views numbered from {@code from} to {@code to}, inclusive. */
    public static List<Event> range(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> pageView(number, "visitor", "/"))
                .toList();
    }
}

package io.webwatch.test;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Events made by hand for tests of a store, where it matters who did what on which page, and when: whatever is not given is
 * ordinary and the same for all. For complete events made by number there is {@link SampleEvents}.
 */
public final class PlainEvents {
    private PlainEvents() {}

    /** The context of a page view of a visitor, with one session for each visitor. */
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
     * An event with that data, whose unique time is the given one and the number behind it.
     *
     * @param number within its page view
     * @param timeMillis since 1970
     */
    public static Event event(long number, long timeMillis, EventContext context, EventData data) {
        String id = data instanceof EventData.Session
                ? context.session()
                : context.page().id();
        return new Event(new EventId(id, number), timeMillis, timeMillis * 1_000_000 + number % 1000, context, data);
    }

    /** A page that was loaded. */
    public static EventData pageView() {
        return new EventData.PageView(EventData.PageViewKind.LOAD, 120L);
    }

    /** A click on that element. */
    public static EventData click(String element) {
        return new EventData.Click(element, "a", null, null, null, false, 10, 20, null, false, false);
    }

    /** Page views of one visitor, a millisecond apart. */
    public static List<Event> pageViews(int count, long firstMillis) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(i, firstMillis + i, context("v", "p" + i, "/"), pageView()));
        }
        return events;
    }

    /** One instance of every kind of data, with every attribute set, and texts that hold the given one. */
    public static List<EventData> everyType(String text) {
        List<EventData.FormField> fields = List.of(new EventData.FormField(text, 1, 2, 3));
        List<EventData> all = new ArrayList<>(List.of(
                new EventData.PageView(EventData.PageViewKind.SPA, 321L),
                new EventData.Engagement(1000, 1500, 200, 70),
                new EventData.Click(
                        text, text, text, text, text, true, 11, 22, new EventData.Box(1, 2, 3, 4), true, true),
                new EventData.MouseMove(20, 1200, 4000, false, List.of(new EventData.Cell(1, 2, 30))),
                new EventData.Hover(text, 600),
                new EventData.Download(text, text, text),
                new EventData.ImageView(text, 1000L),
                new EventData.WebVital(text, 0.125, text),
                new EventData.ScriptError(text, text, 12L),
                new EventData.Custom(text, Map.of(text, text, "number", 5L, "flag", true, "decimal", 2.5))));
        for (EventType type : EventType.values()) {
            if (type.id().startsWith("form_")) {
                all.add(new EventData.Form(type, text, 900L, fields, text));
            } else if (type.id().startsWith("video_") || type.id().startsWith("audio_")) {
                all.add(new EventData.Media(type, text, "html5", 100L, 2000L, 25, 90L));
            }
        }
        return all;
    }
}

package io.webwatch.test;

import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Download;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import io.webwatch.event.Form;
import io.webwatch.event.Hover;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import io.webwatch.event.MouseMove;
import io.webwatch.event.PageView;
import io.webwatch.event.ScriptError;
import io.webwatch.event.Session;
import io.webwatch.event.WebVital;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates complete events of every type by number. Each number has a unique id and time; higher numbers have later times.
 * The events belong to {@link #VISITORS} visitors in turn.
 */
public final class SampleEvents {
    /** Number of visitors to whom the events belong. */
    public static final int VISITORS = 3;

    /** Time of the event with number 0. */
    public static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

    private static final EventType[] TYPES = EventType.values();

    private SampleEvents() {}

    /** Returns the event with the given number. Its type is determined by the number. */
    public static Event of(long number) {
        return of(number, TYPES[(int) (number % TYPES.length)], "sample");
    }

    /** Returns events with consecutive numbers, starting at {@code from}. */
    public static List<Event> range(long from, int count) {
        List<Event> events = new ArrayList<>(count);
        for (long number = from; number < from + count; number++) {
            events.add(of(number));
        }
        return events;
    }

    /**
     * Returns an event with the given number and type in which every attribute is set.
     *
     * @param text the value of every attribute that is free text
     */
    public static Event of(long number, EventType type, String text) {
        return of(number, data(type, text), text);
    }

    /** Returns an event with the given number and data in which every attribute of the context is set. */
    public static Event of(long number, EventData data, String text) {
        long millis = START.toEpochMilli() + number;
        EventContext context = context(number, text);
        EventId id = data instanceof Session
                ? new EventId(context.session(), 0)
                : new EventId(context.page().id(), number);
        return new Event(id, millis, millis * 1_000_000, context, data);
    }

    private static EventContext context(long number, String text) {
        return new EventContext(
                "sample-site",
                "sample-visitor-" + number % VISITORS,
                "sample-session-" + number,
                text,
                new EventContext.Page(
                        "sample-page-view-" + number / 10, "sample.example", "/" + text, "/" + text, text, text),
                new EventContext.Acquisition("email", text, text, text, text, text),
                new EventContext.Client(
                        DeviceKind.MOBILE, text, text, text, text, 400, 900, 400, 700, "de-AT", "Europe/Vienna"),
                new EventContext.Location("AT", text, text),
                text);
    }

    private static EventData data(EventType type, String text) {
        return switch (type) {
            case PAGE_VIEW -> new PageView(PageView.Kind.SPA, 812L);
            case ENGAGEMENT -> new Engagement(4000, 5000, 1000, 70);
            case SESSION -> new Session(true, 60_000, 30_000, 3, 12, "/" + text, "/" + text, false);
            case CLICK -> click(text);
            case MOUSE_MOVE ->
                new MouseMove(
                        16,
                        1200,
                        4000,
                        true,
                        List.of(new MouseMove.Cell(2, 3, 100), new MouseMove.Cell(3, 3, 1L << 40)));
            case HOVER -> new Hover(text, 640);
            case FORM_START, FORM_SUBMIT, FORM_ABANDON, FORM_INVALID ->
                new Form(type, text, 9000L, List.of(new Form.Field(text, 2, 3100, 14)), text);
            case VIDEO_PLAY,
                    VIDEO_PAUSE,
                    VIDEO_PROGRESS,
                    VIDEO_COMPLETE,
                    AUDIO_PLAY,
                    AUDIO_PAUSE,
                    AUDIO_PROGRESS,
                    AUDIO_COMPLETE -> new Media(type, text, "html5", 5000L, 20_000L, 25, 4800L);
            case DOWNLOAD -> new Download(text, text, text);
            case IMAGE_VIEW -> new ImageView(text, 1500L);
            case WEB_VITAL -> new WebVital("CLS", 0.125, "good");
            case ERROR -> new ScriptError(text, text, 42L);
            case CUSTOM -> new Custom(text, properties(text));
        };
    }

    private static EventData click(String text) {
        Click.Box box = new Click.Box(1, -2, 300, 40);
        return new Click(text, text, text, text, text, true, 512, 230, box, true, true);
    }

    private static Map<String, Object> properties(String text) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("text", text);
        properties.put("count", Long.MAX_VALUE);
        properties.put("price", 9.5);
        properties.put("trial", true);
        return properties;
    }
}

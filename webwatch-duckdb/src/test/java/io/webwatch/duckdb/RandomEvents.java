package io.webwatch.duckdb;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.test.PlainEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random visits: few values, so that they meet often, and silences around the session time-out. */
final class RandomEvents {
    static final long GAP_MILLIS = 30 * 60_000L;
    static final List<String> PATHS = List.of("/", "/products", "/it's \"quoted\"", "/%_*\\", "/grüße/🛒");
    static final List<String> CHANNELS = List.of("direct", "search", "social");
    static final List<String> ELEMENTS = List.of("button#buy", "a.nav", "'; DROP TABLE events; --");
    static final List<String> SITES = List.of("default", "blog");

    private final Random random;
    private long counter;

    RandomEvents(Random random) {
        this.random = random;
    }

    /** Events of several visitors from a moment on, in an order that is not quite that of time. */
    List<Event> visits(Instant begin, int visitors, int eventsEach) {
        List<Event> events = new ArrayList<>();
        for (int visitor = 0; visitor < visitors; visitor++) {
            long time = begin.toEpochMilli() + random.nextInt(86_400_000);
            String name = visitor == 0 ? "" : "visitor-" + visitor;
            EventContext context = context(name);
            for (int i = 0; i < eventsEach; i++) {
                time += silence();
                EventData data = data();
                if (data instanceof EventData.PageView || random.nextInt(8) == 0) {
                    context = context(name);
                }
                events.add(event(time, context, data));
            }
        }
        Collections.shuffle(events, random);
        return events;
    }

    private Event event(long time, EventContext context, EventData data) {
        counter++;
        return new Event(new EventId(context.page().id(), counter), time, time * 1_000_000 + counter, context, data);
    }

    private long silence() {
        return switch (random.nextInt(10)) {
            case 0 -> GAP_MILLIS;
            case 1 -> GAP_MILLIS + 1;
            case 2 -> GAP_MILLIS + random.nextInt(20 * 3_600_000);
            case 3, 4 -> random.nextInt((int) GAP_MILLIS);
            default -> 1 + random.nextInt(60_000);
        };
    }

    private EventContext context(String visitor) {
        String path = pick(PATHS);
        return new EventContext(
                pick(SITES),
                visitor,
                "session",
                perhaps("user-" + random.nextInt(2)),
                new EventContext.Page(
                        "page-" + counter,
                        perhaps("host-" + random.nextInt(2)),
                        path,
                        path.equals("/") ? "/" : "/{any}",
                        random.nextInt(6) == 0 ? "" : perhaps("Title " + random.nextInt(3)),
                        perhaps("https://ref.example/" + random.nextInt(2))),
                new EventContext.Acquisition(
                        pick(CHANNELS),
                        perhaps("news"),
                        perhaps("mail"),
                        perhaps("spring " + random.nextInt(2)),
                        null,
                        null),
                new EventContext.Client(
                        DeviceKind.values()[random.nextInt(DeviceKind.values().length)],
                        perhaps("Firefox"),
                        "140",
                        perhaps("Linux"),
                        null,
                        random.nextInt(3) == 0 ? 0 : 1000 + random.nextInt(2),
                        700,
                        0,
                        0,
                        perhaps("de"),
                        "UTC"),
                new EventContext.Location(perhaps("DE"), null, null),
                random.nextInt(5) == 0 ? "user agent" : null);
    }

    private EventData data() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3 ->
                new EventData.PageView(
                        EventData.PageViewKind.LOAD, random.nextInt(3) == 0 ? null : (long) random.nextInt(3000));
            case 4, 5, 6 ->
                new EventData.Engagement(random.nextInt(20_000), random.nextInt(30_000), 0, 10 * random.nextInt(11));
            case 7 -> PlainEvents.click(pick(ELEMENTS));
            case 8 -> new EventData.Custom("custom-" + random.nextInt(2), java.util.Map.of());
            case 9 -> new EventData.WebVital("LCP", random.nextDouble(), null);
            default -> pick(PlainEvents.everyType("x" + random.nextInt(2)));
        };
    }

    private @Nullable String perhaps(String text) {
        return random.nextBoolean() ? text : null;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

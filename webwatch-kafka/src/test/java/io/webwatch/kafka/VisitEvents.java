package io.webwatch.kafka;

import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.MouseMove;
import io.webwatch.event.PageView;
import io.webwatch.event.WebVital;
import io.webwatch.sink.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Batches of a busy shop: requests from many visitors, each with some events of one page view. */
final class VisitEvents {
    private static final List<String> PRODUCTS =
            List.of("bris", "drift", "fjell", "halo", "lykt", "sol", "stav", "tind", "varde");
    private static final List<String> BROWSERS = List.of("Chrome", "Firefox", "Safari", "Edge", "Samsung Internet");
    private static final List<String> SYSTEMS = List.of("Windows", "Android", "iOS", "Mac OS X", "Linux");
    private static final List<String> LANGUAGES = List.of("de-AT", "de", "en-US", "en-GB", "nb-NO", "fr");
    private static final List<String> ZONES = List.of("Europe/Vienna", "Europe/Berlin", "Europe/Oslo", "Europe/Paris");

    private final Random random = new Random(7);
    private long millis = 1_700_000_000_000L;
    private long nanos;
    private long position;

    List<EventBatch> batches(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> batch(size)).toList();
    }

    private EventBatch batch(int size) {
        List<Event> events = new ArrayList<>(size);
        while (events.size() < size) {
            EventContext context = context();
            int together = Math.min(size - events.size(), 1 + random.nextInt(9));
            for (int i = 0; i < together; i++) {
                millis += random.nextInt(2);
                nanos = Math.max(nanos + 1000, millis * 1_000_000);
                EventId id = new EventId(context.page().id(), random.nextInt(40));
                events.add(new Event(id, millis, nanos, context, data(i)));
            }
        }
        return new EventBatch("comparison", ++position, events, size * 1000L);
    }

    private EventContext context() {
        String product = pick(PRODUCTS);
        String path = random.nextInt(3) == 0 ? "/" : "/products/" + product;
        boolean isDesktop = random.nextBoolean();
        return new EventContext(
                "shop",
                hex(16),
                hex(16),
                null,
                new EventContext.Page(
                        hex(22),
                        "www.shop.example",
                        path,
                        path.equals("/") ? "/" : "/products/{name}",
                        path.equals("/") ? "Lysverk" : "Lysverk: " + product,
                        random.nextInt(4) == 0 ? "https://search.example/" : null),
                new EventContext.Acquisition(random.nextBoolean() ? "direct" : "search", null, null, null, null, null),
                new EventContext.Client(
                        isDesktop ? DeviceKind.DESKTOP : DeviceKind.MOBILE,
                        pick(BROWSERS),
                        Integer.toString(120 + random.nextInt(25)),
                        pick(SYSTEMS),
                        Integer.toString(10 + random.nextInt(8)),
                        isDesktop ? 1920 : 390,
                        isDesktop ? 1080 : 844,
                        isDesktop ? 1200 + random.nextInt(700) : 390,
                        isDesktop ? 700 + random.nextInt(300) : 664,
                        pick(LANGUAGES),
                        pick(ZONES)),
                EventContext.Location.UNKNOWN,
                null);
    }

    private EventData data(int place) {
        if (place == 0) {
            return new PageView(PageView.Kind.LOAD, 300L + random.nextInt(2000));
        }
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                new Engagement(
                        random.nextInt(15_000), random.nextInt(20_000), random.nextInt(5000), 10 * random.nextInt(11));
            case 3, 4 ->
                new Click(
                        "main > ul > li:nth-child(" + random.nextInt(9) + ") > a",
                        "a",
                        null,
                        null,
                        "/products/" + pick(PRODUCTS),
                        false,
                        random.nextInt(1000),
                        random.nextInt(1000),
                        new Click.Box(random.nextInt(1200), random.nextInt(3000), 300, 200),
                        false,
                        false);
            case 5 -> new WebVital("LCP", 800 + random.nextInt(2000), "good");
            case 6 -> new MouseMove(20, 1200, 3100, false, cells());
            default -> new Custom("added_to_basket", Map.of("sku", pick(PRODUCTS), "quantity", 1L));
        };
    }

    private List<MouseMove.Cell> cells() {
        return IntStream.range(0, 5 + random.nextInt(30))
                .mapToObj(i -> new MouseMove.Cell(random.nextInt(60), random.nextInt(150), random.nextInt(900)))
                .toList();
    }

    private String hex(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

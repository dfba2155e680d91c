package io.webwatch.influxdb;

import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.PageView;
import io.webwatch.event.WebVital;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events of a shop, and the same events as points of the official client. */
final class BenchmarkEvents {
    private static final long MILLIS = 1_772_359_200_000L;

    /** Shared by events, as WebWatch shares equal clients among sessions. */
    private static final List<EventContext.Client> CLIENTS =
            List.of(client(DeviceKind.DESKTOP, "Firefox"), client(DeviceKind.MOBILE, "Chrome-Mobile"));

    private BenchmarkEvents() {}

    private static EventContext.Client client(DeviceKind device, String browser) {
        return new EventContext.Client(
                device, browser, "140.0", "Linux", "6.1", 1920, 1080, 1280, 900, "de-AT", "Europe/Vienna");
    }

    static List<Event> of(int count, int eventsOfAPageView) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int pageView = i / eventsOfAPageView;
            EventContext context = i % eventsOfAPageView == 0
                    ? context(pageView)
                    : events.get(i - 1).context();
            long millis = MILLIS + i;
            events.add(new Event(
                    new EventId(context.page().id(), i), millis, millis * 1_000_000 + 1_000, context, data(i)));
        }
        return events;
    }

    private static EventContext context(int pageView) {
        return new EventContext(
                "default",
                "Zx81kq0_aV7bN3m" + pageView,
                "s7Kd02mQpLr4" + pageView,
                null,
                new EventContext.Page(
                        "h3Fk29dLq0_aZx81Qm7d" + pageView,
                        "shop.example",
                        "/products/" + 1000 + pageView,
                        pageView % 3 == 0 ? "/products/{id}" : "/basket",
                        "Lamp-" + pageView + "-Lysverk",
                        "https://www.example.org/search"),
                new EventContext.Acquisition("search", "newsletter", "email", "spring", null, null),
                CLIENTS.get(pageView % CLIENTS.size()),
                new EventContext.Location("AT", "Wien", "Wien"),
                null);
    }

    private static EventData data(int i) {
        return switch (i % 5) {
            case 0 -> new PageView(PageView.Kind.LOAD, 812L + i);
            case 1 ->
                new Click(
                        "main>form>button.buy",
                        "button",
                        "button",
                        null,
                        null,
                        false,
                        512,
                        230 + i,
                        new Click.Box(100, 2300, 220, 48),
                        false,
                        false);
            case 2 -> new Engagement(4_000 + i, 5_000 + i, 1_000, 5);
            case 3 -> new WebVital("LCP", 1_234.5 + i, "good");
            default -> {
                Map<String, Object> properties = new LinkedHashMap<>();
                properties.put("amount", 12.5 + i);
                properties.put("colour", "green");
                properties.put("gift", true);
                yield new Custom("added_to_basket", properties);
            }
        };
    }

    /** Returns the point of an event, built with the official client. */
    static Point point(Event event) {
        Point point = Point.measurement(Measurements.name(event.type()))
                .addField("id", event.id().toString())
                .time(event.timeNanos(), WritePrecision.NS);
        context(point, event.context());
        EventData data = event.data();
        if (data instanceof PageView view) {
            point.addField("kind", view.kind().id()).addField("load_ms", view.loadMillis());
        } else if (data instanceof Click click) {
            point.addTag("element", click.element())
                    .addField("tag", click.tag())
                    .addField("role", click.role())
                    .addField("outbound", click.outbound())
                    .addField("x", click.x())
                    .addField("y", click.y())
                    .addField("box_x", click.box().x())
                    .addField("box_y", click.box().y())
                    .addField("box_width", click.box().width())
                    .addField("box_height", click.box().height())
                    .addField("rage", click.rage())
                    .addField("dead", click.dead());
        } else if (data instanceof Engagement engagement) {
            point.addField("engaged_ms", engagement.engagedMillis())
                    .addField("visible_ms", engagement.visibleMillis())
                    .addField("idle_ms", engagement.idleMillis())
                    .addField("scroll_depth", engagement.scrollDepth());
        } else if (data instanceof WebVital vital) {
            point.addTag("name", vital.name()).addField("value", vital.value()).addField("rating", vital.rating());
        } else if (data instanceof Custom custom) {
            point.addTag("name", custom.name())
                    .addField("num_amount", (Double) custom.properties().get("amount"))
                    .addField("text_colour", (String) custom.properties().get("colour"))
                    .addField("flag_gift", (Boolean) custom.properties().get("gift"));
        }
        return point;
    }

    private static void context(Point point, EventContext context) {
        point.addTag("browser", context.client().browser())
                .addTag("channel", context.acquisition().channel())
                .addTag("country", context.location().country())
                .addTag("device", context.client().device().id())
                .addTag("os", context.client().os())
                .addTag("page", context.page().route())
                .addTag("site", context.site())
                .addField("visitor", context.visitor())
                .addField("session", context.session())
                .addField("page_view", context.page().id())
                .addField("path", context.page().path())
                .addField("host", context.page().host())
                .addField("title", context.page().title())
                .addField("referrer", context.page().referrer())
                .addField("utm_source", context.acquisition().utmSource())
                .addField("utm_medium", context.acquisition().utmMedium())
                .addField("utm_campaign", context.acquisition().utmCampaign())
                .addField("browser_version", context.client().browserVersion())
                .addField("os_version", context.client().osVersion())
                .addField("screen_width", context.client().screenWidth())
                .addField("screen_height", context.client().screenHeight())
                .addField("viewport_width", context.client().viewportWidth())
                .addField("viewport_height", context.client().viewportHeight())
                .addField("language", context.client().language())
                .addField("time_zone", context.client().timeZone())
                .addField("region", context.location().region())
                .addField("city", context.location().city());
    }
}

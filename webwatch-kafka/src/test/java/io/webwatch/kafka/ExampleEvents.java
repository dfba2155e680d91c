package io.webwatch.kafka;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The example events of {@code docs/kafka.md}: a visit to a shop. */
final class ExampleEvents {
    private static final String PAGE_VIEW = "h3Fk29dLq0_aZx81";
    private static final EventContext CONTEXT = new EventContext(
            "shop",
            "5f2c9a7be1d04c83",
            "b81e07c4",
            null,
            new EventContext.Page(
                    PAGE_VIEW, "shop.example", "/products/7", "/products/{id}", "Lamp", "https://search.example/"),
            new EventContext.Acquisition("search", null, null, null, null, null),
            new EventContext.Client(
                    DeviceKind.DESKTOP,
                    "Firefox",
                    "140",
                    "Linux",
                    null,
                    1920,
                    1080,
                    1200,
                    800,
                    "de-AT",
                    "Europe/Vienna"),
            EventContext.Location.UNKNOWN,
            null);

    private ExampleEvents() {}

    static Event of(EventType type) {
        int number = type.ordinal();
        EventId id = type == EventType.SESSION ? new EventId(CONTEXT.session(), 0) : new EventId(PAGE_VIEW, number);
        long millis = 1_790_000_000_123L + 1000L * number;
        return new Event(id, millis, millis * 1_000_000, CONTEXT, data(type));
    }

    private static EventData data(EventType type) {
        return switch (type) {
            case PAGE_VIEW -> new PageView(PageView.Kind.LOAD, 812L);
            case ENGAGEMENT -> new Engagement(4200, 5100, 900, 70);
            case SESSION -> new Session(true, 183_000, 61_000, 3, 27, "/", "/checkout", false);
            case CLICK ->
                new Click(
                        "#buy",
                        "button",
                        null,
                        null,
                        null,
                        false,
                        512,
                        230,
                        new Click.Box(560, 410, 160, 40),
                        false,
                        false);
            case MOUSE_MOVE ->
                new MouseMove(
                        20, 1200, 3100, false, List.of(new MouseMove.Cell(12, 7, 340), new MouseMove.Cell(13, 7, 120)));
            case HOVER -> new Hover("#delivery-hint", 640);
            case FORM_START -> form(type, null, List.of());
            case FORM_SUBMIT -> form(type, 9100L, List.of(new Form.Field("email", 2, 3100, 14)));
            case FORM_ABANDON -> form(type, 4300L, List.of(new Form.Field("email", 1, 1200, 3)));
            case FORM_INVALID -> form(type, 7000L, List.of(new Form.Field("email", 1, 2900, 9)));
            case VIDEO_PLAY -> media(type, "/media/workshop.webm", 0, null, 0);
            case VIDEO_PAUSE -> media(type, "/media/workshop.webm", 5000, null, 5000);
            case VIDEO_PROGRESS -> media(type, "/media/workshop.webm", 10_000, 50, 9800);
            case VIDEO_COMPLETE -> media(type, "/media/workshop.webm", 20_000, null, 19_500);
            case AUDIO_PLAY -> media(type, "/media/story.mp3", 0, null, 0);
            case AUDIO_PAUSE -> media(type, "/media/story.mp3", 5000, null, 5000);
            case AUDIO_PROGRESS -> media(type, "/media/story.mp3", 5000, 25, 5000);
            case AUDIO_COMPLETE -> media(type, "/media/story.mp3", 20_000, null, 20_000);
            case DOWNLOAD -> new Download("https://shop.example/files/catalogue.pdf", "catalogue.pdf", "pdf");
            case IMAGE_VIEW -> new ImageView("/images/hero.webp", 1000L);
            case WEB_VITAL -> new WebVital("LCP", 1480, "good");
            case ERROR -> new ScriptError("x is not a function", "https://shop.example/js/app.js", 42L);
            case CUSTOM -> new Custom("added_to_basket", properties());
        };
    }

    private static EventData form(EventType type, Long durationMillis, List<Form.Field> fields) {
        return new Form(type, "#checkout", durationMillis, fields, fields.isEmpty() ? null : "email");
    }

    private static EventData media(EventType type, String media, long position, Integer percent, long watched) {
        return new Media(type, media, "html5", position, 20_000L, percent, watched);
    }

    private static Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("sku", "4711");
        properties.put("quantity", 2L);
        properties.put("price", 39.5);
        properties.put("gift", false);
        return properties;
    }
}

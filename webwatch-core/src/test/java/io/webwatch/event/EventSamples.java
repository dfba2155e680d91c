package io.webwatch.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An event of every type in which everything is known. */
public final class EventSamples {
    private EventSamples() {}

    /** Of that type, every attribute set. */
    public static Event of(EventType type) {
        return new Event(
                new EventId("0123456789abcdef", 7),
                1_790_000_000_123L,
                1_790_000_000_123_004_005L,
                context(),
                data(type));
    }

    /** Everything known. */
    public static EventContext context() {
        return new EventContext(
                "shop",
                "visitor-1",
                "session-1",
                "user-1",
                new EventContext.Page(
                        "0123456789abcdef",
                        "shop.example",
                        "/products/7",
                        "/products/{id}",
                        "Product",
                        "https://a.example/"),
                new EventContext.Acquisition("email", "news", "email", "spring", "shoes", "top"),
                new EventContext.Client(
                        EventContext.DeviceKind.MOBILE,
                        "Firefox",
                        "140",
                        "Android",
                        "16",
                        400,
                        900,
                        400,
                        700,
                        "de",
                        "Europe/Vienna"),
                new EventContext.Location("AT", "Wien", "Vienna"),
                "headless");
    }

    /** Of that type, every attribute set. */
    public static EventData data(EventType type) {
        return switch (type) {
            case PAGE_VIEW -> new EventData.PageView(EventData.PageViewKind.SPA, 812L);
            case ENGAGEMENT -> new EventData.Engagement(4000, 5000, 1000, 70);
            case SESSION -> new EventData.Session(true, 60_000, 30_000, 3, 12, "/", "/cart", false);
            case CLICK ->
                new EventData.Click(
                        "#buy",
                        "button",
                        "button",
                        "Buy",
                        "https://pay.example/",
                        true,
                        512,
                        230,
                        new EventData.Box(1, -2, 300, 40),
                        true,
                        true);
            case MOUSE_MOVE -> new EventData.MouseMove(16, 1200, 4000, true, List.of(new EventData.Cell(2, 3, 100)));
            case HOVER -> new EventData.Hover("#buy", 640);
            case FORM_START, FORM_SUBMIT, FORM_ABANDON, FORM_INVALID ->
                new EventData.Form(
                        type, "#checkout", 9000L, List.of(new EventData.FormField("email", 2, 3100, 14)), "email");
            case VIDEO_PLAY,
                    VIDEO_PAUSE,
                    VIDEO_PROGRESS,
                    VIDEO_COMPLETE,
                    AUDIO_PLAY,
                    AUDIO_PAUSE,
                    AUDIO_PROGRESS,
                    AUDIO_COMPLETE -> new EventData.Media(type, "/v.webm", "html5", 5000L, 20_000L, 25, 4800L);
            case DOWNLOAD -> new EventData.Download("https://shop.example/a.pdf", "a.pdf", "pdf");
            case IMAGE_VIEW -> new EventData.ImageView("/hero.webp", 1500L);
            case WEB_VITAL -> new EventData.WebVital("CLS", 0.125, "good");
            case ERROR -> new EventData.ScriptError("x is not a function", "https://shop.example/app.js", 42L);
            case CUSTOM -> new EventData.Custom("signup", properties());
        };
    }

    private static Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("plan", "pro");
        properties.put("seats", 3L);
        properties.put("price", 9.5);
        properties.put("trial", true);
        return properties;
    }
}

package io.webwatch.wire;

import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Download;
import io.webwatch.event.Engagement;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.event.Form;
import io.webwatch.event.Hover;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import io.webwatch.event.MouseMove;
import io.webwatch.event.PageView;
import io.webwatch.event.ScriptError;
import io.webwatch.event.WebVital;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random valid batches with hostile text, from a seed. */
final class Batches {
    private static final String[] HOSTILE = {
        "\"", "\\", "/", "</script>", "'", "\r\n", "\n", "\t", "\0", "\u0001", "\u001f", "\u007f", "\u0085", "\u2028",
        "\u2029", "\u202e", "\ufeff", "\uffff", "é", "€", "\ud7ff", "\ue000", "😀", "\udbff\udfff", "a", "Z", "0", " ",
        "{", "}", "[", "]", ":", ",", "=1+1", "%00", "&amp;"
    };
    private static final String ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final List<EventType> FORMS =
            List.of(EventType.FORM_START, EventType.FORM_SUBMIT, EventType.FORM_ABANDON, EventType.FORM_INVALID);
    private static final List<EventType> MEDIA = List.of(
            EventType.VIDEO_PLAY,
            EventType.VIDEO_PAUSE,
            EventType.VIDEO_PROGRESS,
            EventType.VIDEO_COMPLETE,
            EventType.AUDIO_PLAY,
            EventType.AUDIO_PAUSE,
            EventType.AUDIO_PROGRESS,
            EventType.AUDIO_COMPLETE);
    private static final int KINDS = 11;

    private final Random random;

    Batches(long seed) {
        this.random = new Random(seed);
    }

    WireBatch batch() {
        List<WireEvent> events = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            events.add(new WireEvent(random.nextInt(65_536), -random.nextInt(86_400_001), data(random.nextInt(KINDS))));
        }
        return new WireBatch(context(), events, 0);
    }

    private WireContext context() {
        StringBuilder id = new StringBuilder();
        int length = 16 + random.nextInt(49);
        for (int i = 0; i < length; i++) {
            id.append(ID.charAt(random.nextInt(ID.length())));
        }
        return new WireContext(
                id.toString(),
                "https://h" + text(2039),
                maybe(2048),
                maybe(512),
                maybe(64),
                maybe(35),
                maybe(64),
                random.nextInt(65_536),
                random.nextInt(65_536),
                random.nextInt(65_536),
                random.nextInt(65_536),
                random.nextInt(256),
                maybe(512),
                maybe(128),
                maybe(64));
    }

    private EventData data(int kind) {
        return switch (kind) {
            case 0 -> new PageView(PageView.Kind.values()[random.nextInt(4)], maybeLong());
            case 1 -> new Engagement(number(), number(), number(), random.nextInt(101));
            case 2 -> click();
            case 3 ->
                new MouseMove(
                        1 + random.nextInt(65_535),
                        maybeInt(Integer.MAX_VALUE),
                        maybeInt(9000),
                        random.nextBoolean(),
                        cells());
            case 4 -> new Hover(text(256), number());
            case 5 -> new Form(pick(FORMS), text(256), maybeLong(), fields(), maybe(128));
            case 6 -> new Media(pick(MEDIA), text(512), text(32), maybeLong(), maybeLong(), maybeInt(101), maybeLong());
            case 7 -> new Download(text(2048), maybe(256), maybe(16));
            case 8 -> new ImageView(text(512), maybeLong());
            case 9 ->
                random.nextBoolean()
                        ? new WebVital(
                                pick(List.of("LCP", "INP", "CLS", "FCP", "TTFB")),
                                Math.abs(decimal()),
                                random.nextBoolean() ? null : pick(List.of("good", "needs-improvement", "poor")))
                        : new ScriptError(text(512), maybe(512), maybeLong());
            default -> new Custom(text(128), properties());
        };
    }

    private Click click() {
        Click.Box box = random.nextBoolean()
                ? null
                : new Click.Box(random.nextInt(), random.nextInt(), random.nextInt() >>> 1, random.nextInt() >>> 1);
        return new Click(
                text(256),
                maybe(32),
                maybe(64),
                maybe(128),
                maybe(2048),
                random.nextBoolean(),
                maybeInt(1001),
                maybeInt(1001),
                box,
                random.nextBoolean(),
                random.nextBoolean());
    }

    /** As many as fit the limit of the chain: near ones take few characters, far ones up to fourteen. */
    private List<MouseMove.Cell> cells() {
        int spread = random.nextBoolean() ? 40 : 65_536;
        List<MouseMove.Cell> cells = new ArrayList<>();
        int count = 1 + random.nextInt(CellCodec.MAX_CELLS);
        for (int i = 0; i < count; i++) {
            cells.add(new MouseMove.Cell(
                    random.nextInt(spread),
                    random.nextInt(spread),
                    (long) random.nextInt(1 << 15) * CellCodec.DWELL_UNIT_MILLIS));
        }
        return cells;
    }

    private List<Form.Field> fields() {
        List<Form.Field> fields = new ArrayList<>();
        int count = random.nextInt(51);
        for (int i = 0; i < count; i++) {
            fields.add(new Form.Field(random.nextInt(9) == 0 ? "" : text(128), number(), number(), number()));
        }
        return fields;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        int count = random.nextInt(33);
        for (int i = 0; i < count; i++) {
            Object value = switch (random.nextInt(5)) {
                case 0 -> random.nextBoolean();
                case 1 -> random.nextLong();
                case 2 -> decimal();
                case 3 -> "";
                default -> text(512);
            };
            properties.put(random.nextInt(20) == 0 ? "" : text(64), value);
        }
        return properties;
    }

    /** 1 to {@code limit} UTF-16 units, well-formed; mostly short, sometimes exactly as long as may be. */
    private String text(int limit) {
        int wanted = random.nextInt(20) == 0 ? limit : 1 + random.nextInt(Math.min(limit, 24));
        boolean plain = random.nextBoolean();
        StringBuilder text = new StringBuilder();
        while (text.length() < wanted) {
            String piece = plain ? "x" : HOSTILE[random.nextInt(HOSTILE.length)];
            text.append(text.length() + piece.length() <= wanted ? piece : "y");
        }
        return text.toString();
    }

    private String maybe(int limit) {
        return random.nextInt(3) == 0 ? null : text(limit);
    }

    private long number() {
        return random.nextLong() >>> 11 + random.nextInt(53);
    }

    private Long maybeLong() {
        return random.nextInt(3) == 0 ? null : (Long) number();
    }

    private Integer maybeInt(int bound) {
        return random.nextInt(3) == 0 ? null : (Integer) random.nextInt(bound);
    }

    private double decimal() {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : 0.5;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

package io.webwatch.influxdb;

import static io.webwatch.test.PlainEvents.click;
import static io.webwatch.test.PlainEvents.context;
import static io.webwatch.test.PlainEvents.event;
import static io.webwatch.test.PlainEvents.pageView;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Custom;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import io.webwatch.event.MouseMove;
import io.webwatch.event.MouseMove.Cell;
import io.webwatch.event.PageView;
import io.webwatch.event.Session;
import io.webwatch.event.WebVital;
import io.webwatch.fixture.EventSamples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
    private static final long TIME = SinkFixture.NOW.toEpochMilli();

    private final LineEncoder encoder = new LineEncoder(5_000);

    private List<ParsedLine> lines(Event... events) {
        encoder.encode(List.of(events));
        return ParsedLine.all(encoder);
    }

    private String text(Event event) {
        encoder.encode(List.of(event));
        return new String(encoder.array(), 0, encoder.end(0), StandardCharsets.UTF_8);
    }

    private static Event custom(long number, Map<String, Object> properties) {
        return event(number, TIME, context("v", "p", "/"), new Custom("order", properties));
    }

    private static Event engagement(long number, String pageView, int depth) {
        return event(number, TIME, context("v", pageView, "/"), new Engagement(1, 2, 3, depth));
    }

    @Test
    void pageView_isOneLine() {
        assertThat(text(event(7, TIME, context("v", "p", "/a b"), pageView())))
                .isEqualTo("page_views,browser=Firefox,channel=direct,device=desktop,os=Linux,page=/a\\ b,site=default"
                        + " id=\"p.7\",kind=\"load\",load_ms=120i,visitor=\"v\",session=\"s-v\",page_view=\"p\","
                        + "path=\"/a b\",host=\"shop.example\",title=\"Title of /a b\",browser_version=\"140\","
                        + "screen_width=1920i,screen_height=1080i,viewport_width=1200i,viewport_height=800i,"
                        + "language=\"en\",time_zone=\"UTC\" 1772359200000000007\n");
    }

    @Test
    void event_withAnotherUniqueTime_hasItsTimeAsAField() {
        Event moved = new Event(new EventId("p", 1), TIME - 5, TIME * 1_000_000, context("v", "p", "/"), pageView());

        ParsedLine line = lines(moved).get(0);

        assertThat(line.time()).isEqualTo(TIME * 1_000_000);
        assertThat(line.fields()).containsEntry("time_ms", TIME - 5 + "i");
    }

    @Test
    void offsets_delimitTheLinesOfEachEvent() {
        List<Event> events = List.of(
                event(1, TIME, context("v", "p", "/"), pageView()),
                engagement(2, "p", 35),
                event(3, TIME, context("v", "p", "/"), click("#buy")));

        encoder.encode(events);

        assertThat(IntStream.range(0, 3).map(encoder::lines)).containsExactly(1, 4, 1);
        for (int i = 0; i < 3; i++) {
            String part = new String(
                    encoder.array(), encoder.start(i), encoder.end(i) - encoder.start(i), StandardCharsets.UTF_8);
            assertThat(part.lines()).hasSize(encoder.lines(i)).allMatch(line -> line.contains(" id=\"p."));
            assertThat(part).endsWith("\n");
        }
    }

    @Test
    void scrollDepth_hasOnePointForEachTenthOfAPage() {
        List<ParsedLine> lines = lines(
                engagement(1, "p", 9),
                engagement(2, "p", 25),
                engagement(3, "p", 25),
                engagement(4, "q", 10),
                engagement(5, "p", 100));

        assertThat(lines.stream()
                        .filter(line -> line.measurement().equals("scroll_depths"))
                        .map(line -> line.fields().get("id") + " " + line.tags().get("depth")))
                .containsExactly(
                        "\"p.2\" 10",
                        "\"p.2\" 20",
                        "\"q.4\" 10",
                        "\"p.5\" 30",
                        "\"p.5\" 40",
                        "\"p.5\" 50",
                        "\"p.5\" 60",
                        "\"p.5\" 70",
                        "\"p.5\" 80",
                        "\"p.5\" 90",
                        "\"p.5\" 100");
    }

    @Test
    void encodingAgain_givesTheSameBytes() {
        List<Event> events = new ArrayList<>();
        for (EventType type : EventType.values()) {
            EventData data = EventSamples.data(type, "te,x t\\");
            events.add(event(events.size(), TIME, context("v", "p", "/"), data));
        }
        events.add(engagement(90, "p", 40));
        events.add(engagement(91, "p", 80));
        encoder.encode(events);
        byte[] first = java.util.Arrays.copyOf(encoder.array(), encoder.end(events.size() - 1));

        encoder.encode(events);

        assertThat(java.util.Arrays.copyOf(encoder.array(), encoder.end(events.size() - 1)))
                .isEqualTo(first);
    }

    @Test
    void mouseMove_hasOnePointForEachCell() {
        List<Cell> cells = List.of(new Cell(1, 2, 50), new Cell(3, 4, 100), new Cell(1, 2, 200), new Cell(2, 1, 50));
        Event move = event(1, TIME, context("v", "p", "/"), new MouseMove(20, 1200, null, true, cells));

        assertThat(lines(move))
                .extracting(
                        line -> line.tags().get("cell") + " " + line.fields().get("dwell_ms"))
                .as("two points of a cell would replace each other")
                .containsExactly("1:2 250i", "3:4 100i", "2:1 50i");
    }

    @Test
    void mouseMove_withoutCells_hasOnePoint() {
        Event move = event(1, TIME, context("v", "p", "/"), new MouseMove(20, 1, 1, false, List.of()));

        assertThat(lines(move)).singleElement().satisfies(line -> {
            assertThat(line.tags()).doesNotContainKey("cell");
            assertThat(line.fields()).containsEntry("dwell_ms", "0i");
        });
    }

    @Test
    void tagValuesBeyondTheLimit_areOther() {
        LineEncoder bounded = new LineEncoder(3);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(event(i, TIME, context("v", "p" + i, "/page/" + i), click("#element" + i)));
        }
        bounded.encode(events);

        List<ParsedLine> lines = ParsedLine.all(bounded);

        assertThat(lines)
                .extracting(line -> line.tags().get("page"))
                .containsExactly("/page/0", "/page/1", "/page/2", "(other)", "(other)");
        assertThat(lines.get(4).fields())
                .containsEntry("page_exact", "\"/page/4\"")
                .containsEntry("element_exact", "\"#element4\"");
        assertThat(bounded.overflows()).isEqualTo(Map.of("page", 2L, "element", 2L));
    }

    @Test
    void cellsBeyondTheLimit_areSummed() {
        LineEncoder bounded = new LineEncoder(2);
        List<Cell> cells =
                IntStream.range(0, 5).mapToObj(i -> new Cell(i, 0, 10)).toList();
        bounded.encode(List.of(event(1, TIME, context("v", "p", "/"), new MouseMove(20, null, null, false, cells))));

        assertThat(ParsedLine.all(bounded))
                .extracting(
                        line -> line.tags().get("cell") + " " + line.fields().get("dwell_ms"))
                .containsExactly("0:0 10i", "1:0 10i", "(other) 30i");
        assertThat(bounded.overflows()).isEqualTo(Map.of("cell", 3L));
    }

    @Test
    void longTagValues_countAsSeveral() {
        LineEncoder bounded = new LineEncoder(10);
        List<Event> events = IntStream.range(0, 10)
                .mapToObj(i -> event(i, TIME, context("v", "p", "/"), click("#" + "x".repeat(2000) + i)))
                .toList();
        bounded.encode(events);

        assertThat(ParsedLine.all(bounded).stream()
                        .filter(line -> line.tags().get("element").equals("(other)")))
                .hasSize(9);
    }

    @Test
    void properties_areFieldsNamedByType() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("amount", 12L);
        properties.put("rate", 0.25);
        properties.put("colour", "gr\"een");
        properties.put("paid", true);

        assertThat(lines(custom(1, properties)).get(0).fields())
                .containsEntry("num_amount", "12")
                .containsEntry("num_rate", "0.25")
                .containsEntry("text_colour", "\"gr\\\"een\"")
                .containsEntry("flag_paid", "true")
                .doesNotContainKey("props");
    }

    @Test
    void propertiesWithoutAnExactField_areInProps() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("cart-total", 1L);
        properties.put("cart.total", 2L);
        properties.put("", "x");
        properties.put("exact", (1L << 53) + 1);

        Map<String, String> fields = lines(custom(1, properties)).get(0).fields();

        assertThat(fields).containsEntry("num_cart_total", "1").containsKey("num_exact");
        assertThat(fields.get("props"))
                .isEqualTo("\"{\\\"cart-total\\\":1,\\\"cart.total\\\":2,\\\"\\\":\\\"x\\\","
                        + "\\\"exact\\\":9007199254740993}\"");
    }

    @Test
    void propertyNames_areLimited() {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            fields.putAll(
                    lines(custom(i, Map.of("invented" + i, (long) i))).get(0).fields());
        }

        assertThat(fields.keySet().stream().filter(name -> name.startsWith("num_")))
                .hasSize(PropertyFields.MAX_NAMES);
        assertThat(fields).containsEntry("props", "\"{\\\"invented999\\\":999}\"");
    }

    @Test
    void fieldTypes_neverChange() {
        Random random = new Random(4);
        Map<String, String> types = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            Map<String, Object> properties =
                    Map.of("a", property(random), "b", property(random), "c-d", property(random));
            for (ParsedLine line : lines(custom(i, properties), random(i, random))) {
                line.fields().forEach((name, value) -> {
                    String key = line.measurement() + "." + name;
                    String type = ParsedLine.type(value);
                    assertThat(types.computeIfAbsent(key, first -> type))
                            .as(key)
                            .isEqualTo(type);
                });
            }
        }
    }

    private static Object property(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble() * 1e20;
            case 2 -> random.nextBoolean();
            case 3 -> (long) random.nextInt(3);
            default -> "12i";
        };
    }

    private static Event random(int number, Random random) {
        List<EventData> all = new ArrayList<>();
        for (EventType type : EventType.values()) {
            all.add(EventSamples.data(type, "x"));
        }
        all.add(new WebVital("CLS", random.nextInt(3) / 2.0, null));
        all.add(new WebVital("LCP", random.nextInt(3000), "good"));
        all.add(new Session(random.nextBoolean(), 1, 1, 1, 1, null, "/", true));
        all.add(new PageView(PageView.Kind.LOAD, null));
        return event(number, TIME, context("v", "p" + number, "/"), all.get(random.nextInt(all.size())));
    }

    @Test
    void scrollDepths_areRememberedForALimitedNumberOfPageViews() {
        ScrollDepths depths = new ScrollDepths();
        for (int i = 0; i < 3 * ScrollDepths.MAX_PAGE_VIEWS; i++) {
            depths.reached("p" + i, 50, i + 1);
        }

        assertThat(depths.size()).isEqualTo(ScrollDepths.MAX_PAGE_VIEWS);
    }

    @Test
    void encoding_allocatesNothing() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            for (EventType type : EventType.values()) {
                EventData data = EventSamples.data(type, "te xt" + i % 7);
                events.add(event(events.size(), TIME, context("v" + i, "p" + i, "/page/" + i), data));
            }
        }
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 200; i++) {
            encoder.encode(events);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20; i++) {
            encoder.encode(events);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / 20 / events.size();

        assertThat(each).as("bytes allocated for an event").isZero();
    }
}

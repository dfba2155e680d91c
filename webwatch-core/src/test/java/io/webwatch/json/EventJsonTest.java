package io.webwatch.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import io.webwatch.event.ScriptError;
import io.webwatch.event.WebVital;
import io.webwatch.fixture.EventSamples;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    @Test
    void event_isOneFlatObject() {
        EventContext context = new EventContext(
                "shop",
                "visitor-1",
                "session-1",
                "user-1",
                new EventContext.Page(
                        "view-1", "shop.example", "/products/7", "/products/{id}", "Product", "https://a.example/"),
                new EventContext.Acquisition("email", "news", "email", "spring", "shoes", "top"),
                new EventContext.Client(
                        DeviceKind.MOBILE, "Firefox", "140", "Android", "16", 400, 900, 400, 700, "de", "UTC"),
                new EventContext.Location("AT", "Wien", "Vienna"),
                "headless");
        Click.Box box = new Click.Box(1, -2, 300, 40);
        EventData click =
                new Click("#buy", "button", "switch", "Buy", "https://pay.example/", true, 512, 230, box, true, false);
        Event event =
                new Event(new EventId("view-1", 7), 1_790_000_000_123L, 1_790_000_000_123_004_005L, context, click);

        assertThat(text(EventJson.bytes(event)))
                .isEqualTo("{\"id\":\"view-1.7\",\"type\":\"click\",\"time\":1790000000123,"
                        + "\"time_ns\":1790000000123004005,\"site\":\"shop\",\"visitor\":\"visitor-1\","
                        + "\"session\":\"session-1\",\"user\":\"user-1\",\"page_view\":\"view-1\","
                        + "\"host\":\"shop.example\",\"path\":\"/products/7\",\"route\":\"/products/{id}\","
                        + "\"title\":\"Product\",\"referrer\":\"https://a.example/\",\"channel\":\"email\","
                        + "\"utm_source\":\"news\",\"utm_medium\":\"email\",\"utm_campaign\":\"spring\","
                        + "\"utm_term\":\"shoes\",\"utm_content\":\"top\",\"device\":\"mobile\","
                        + "\"browser\":\"Firefox\",\"browser_version\":\"140\",\"os\":\"Android\",\"os_version\":\"16\","
                        + "\"screen_width\":400,\"screen_height\":900,\"viewport_width\":400,\"viewport_height\":700,"
                        + "\"language\":\"de\",\"time_zone\":\"UTC\",\"country\":\"AT\",\"region\":\"Wien\","
                        + "\"city\":\"Vienna\",\"bot\":\"headless\",\"element\":\"#buy\",\"tag\":\"button\","
                        + "\"role\":\"switch\",\"label\":\"Buy\",\"href\":\"https://pay.example/\",\"outbound\":true,"
                        + "\"x\":512,\"y\":230,\"box\":{\"x\":1,\"y\":-2,\"width\":300,\"height\":40},"
                        + "\"rage\":true,\"dead\":false}");
    }

    @ParameterizedTest
    @EnumSource
    void event_endsWithTheMembersOfItsProperties(EventType type) {
        String properties = EventJson.properties(EventSamples.data(type));

        assertThat(properties).startsWith("{\"").endsWith("}");
        assertThat(text(EventJson.bytes(EventSamples.of(type)))).endsWith("," + properties.substring(1));
    }

    @ParameterizedTest
    @EnumSource
    void generator_getsTheSameObject(EventType type) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            EventJson.write(EventSamples.of(type), out);
        }

        assertThat(text).hasToString(text(EventJson.bytes(EventSamples.of(type))));
    }

    @Test
    void unknownAttributes_areLeftOut() {
        EventData click = new Click("#a", null, null, null, null, false, null, null, null, false, false);

        assertThat(EventJson.properties(click))
                .isEqualTo("{\"element\":\"#a\",\"outbound\":false,\"rage\":false,\"dead\":false}");
        assertThat(EventJson.properties(new Custom("a", Map.of()))).isEqualTo("{\"name\":\"a\"}");
    }

    @Test
    void numberThatJsonCannotRepresent_isLeftOut() {
        assertThat(EventJson.properties(new WebVital("LCP", Double.NaN, null))).isEqualTo("{\"name\":\"LCP\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800b", "\udc00", "\ud83d\ud83d\ude00", "\ude00\ud83d"})
    void loneSurrogate_isReplaced(String text) throws IOException {
        EventContext.Page page = new EventContext.Page("0123456789abcdef", null, text, text, text, text);
        EventContext sample = EventSamples.context();
        EventContext context = new EventContext(
                text, text, text, text, page, sample.acquisition(), sample.client(), sample.location(), text);
        Event event = new Event(new EventId(text, 1), 0, 0, context, new Custom(text, Map.of(text, text)));

        byte[] json = EventJson.bytes(event);

        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)); // throws for what is not UTF-8
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        assertThat(wellFormed).contains("\ufffd");
        assertThat(JsonTree.object(json))
                .containsEntry("title", wellFormed)
                .containsEntry("id", wellFormed + ".1")
                .containsEntry("props", Map.of(wellFormed, wellFormed));
    }

    @Test
    void hostileText_isReadBackUnchanged() throws IOException {
        String hostile = "\"\\/</script>\r\n\t\0\u001f\u007f\u2028\u202eé€😀";
        byte[] json = EventJson.properties(new ScriptError(hostile, null, null)).getBytes(StandardCharsets.UTF_8);

        assertThat(JsonTree.object(json)).isEqualTo(Map.of("message", hostile));
        assertThat(text(json)).doesNotContain("\n", "\0");
    }

    @Test
    void errorOfTheTarget_isThrownUnchanged() throws IOException {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        EventData data = new Custom("x".repeat(100_000), Map.of());
        Event event = new Event(new EventId("p", 1), 0, 0, EventSamples.context(), data);
        JsonGenerator out = new JsonFactory().createGenerator(broken);

        assertThatThrownBy(() -> EventJson.write(event, out))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}

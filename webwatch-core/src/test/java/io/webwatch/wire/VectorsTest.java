package io.webwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.webwatch.json.EventJson;
import io.webwatch.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The conformance vectors of the protocol, run against the decoder. */
class VectorsTest {
    private static final String RESOURCE = "/META-INF/webwatch/protocol/vectors.json";

    private final BatchDecoder decoder = new BatchDecoder();

    @TestFactory
    Stream<DynamicTest> decoder_conformsToVector() throws IOException {
        return vectors().stream().map(vector -> DynamicTest.dynamicTest(name(vector), () -> check(vector)));
    }

    @Test
    void vectors_haveUniqueNames() throws IOException {
        assertThat(vectors().stream().map(VectorsTest::name))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1000);
    }

    private void check(Map<String, Object> vector) throws Exception {
        byte[] body = body(vector);
        byte[] padded = new byte[body.length + 7];
        System.arraycopy(body, 0, padded, 3, body.length);
        if (vector.get("verdict").equals("malformed")) {
            assertThat(catchThrowable(() -> decoder.decode(padded, 3, body.length)))
                    .isInstanceOf(MalformedBatchException.class)
                    .hasMessageMatching("At byte \\d+ of the batch, [a-z\'].+\\.");
            return;
        }
        WireBatch batch = decoder.decode(padded, 3, body.length);
        assertThat(batch.events()).hasSize(((Long) vector.get("accepted")).intValue());
        assertThat(batch.invalid()).isEqualTo(((Long) vector.get("invalid")).intValue());
        assertThat(events(batch)).isEqualTo(expectedEvents(vector));
        if (vector.get("context") instanceof Map<?, ?> expected) {
            assertThat(context(batch.context())).containsAllEntriesOf(cast(expected));
        }
    }

    private static List<Map<String, Object>> events(WireBatch batch) throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (WireEvent event : batch.events()) {
            Map<String, Object> actual = new LinkedHashMap<>();
            actual.put("type", event.data().type().id());
            actual.put("sequence", event.sequence());
            actual.put("offset", event.offsetMillis());
            actual.put(
                    "attributes",
                    JsonTree.object(EventJson.properties(event.data()).getBytes(StandardCharsets.UTF_8)));
            events.add(actual);
        }
        return events;
    }

    private static List<Map<String, Object>> expectedEvents(Map<String, Object> vector) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Object expected : (List<?>) vector.get("events")) {
            Map<String, Object> event = new LinkedHashMap<>(cast((Map<?, ?>) expected));
            event.putIfAbsent("offset", 0L);
            events.add(event);
        }
        return events;
    }

    private static Map<String, Object> context(WireContext context) {
        Map<String, Object> actual = new LinkedHashMap<>();
        actual.put("page_view", context.pageView());
        actual.put("url", context.url());
        actual.put("referrer", context.referrer());
        actual.put("title", context.title());
        actual.put("site", context.site());
        actual.put("language", context.language());
        actual.put("time_zone", context.timeZone());
        actual.put("screen_width", (long) context.screenWidth());
        actual.put("screen_height", (long) context.screenHeight());
        actual.put("viewport_width", (long) context.viewportWidth());
        actual.put("viewport_height", (long) context.viewportHeight());
        actual.put("touch_points", (long) context.touchPoints());
        actual.put("route", context.route());
        actual.put("user", context.user());
        actual.put("visitor", context.visitor());
        return actual;
    }

    private static byte[] body(Map<String, Object> vector) {
        if (vector.get("body") instanceof byte[] body) {
            return body;
        }
        return vector.get("raw") instanceof String raw
                ? raw.getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode((String) vector.get("base64"));
    }

    static List<Map<String, Object>> vectors() throws IOException {
        try (InputStream in = VectorsTest.class.getResourceAsStream(RESOURCE)) {
            List<Map<String, Object>> vectors = new ArrayList<>();
            for (Object vector : (List<?>) JsonTree.object(in.readAllBytes()).get("vectors")) {
                vectors.add(cast((Map<?, ?>) vector));
            }
            return vectors;
        }
    }

    private static String name(Map<String, Object> vector) {
        return (String) vector.get("name");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}

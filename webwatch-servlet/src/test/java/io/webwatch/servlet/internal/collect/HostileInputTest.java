package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.Custom;
import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start("webwatch.collector.rate-limit", "0");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> malformed() {
        String start = "{\"v\":1,\"p\":\"page-view-malformed\",\"u\":\"http://127.0.0.1/\",";
        return Stream.of(
                "",
                " ",
                "{",
                "}",
                "[]",
                "null",
                "true",
                "1",
                "\"text\"",
                "{}",
                "not json",
                "{\"v\":1}",
                "{'v':1}",
                start + "\"e\":[",
                start + "\"e\":[]}",
                start + "\"e\":{}}",
                start + "\"e\":[{\"t\":\"page_view\",\"n\":0}]",
                start + "\"e\":[{\"t\":\"page_view\",\"n\":0}]} trailing",
                start + "\"e\":[{\"t\":\"page_view\",\"n\":0,}]}",
                start + "\"x\":" + "[".repeat(200) + "]".repeat(200) + ",\"e\":[{\"t\":\"page_view\",\"n\":0}]}",
                start + "\"x\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + ",\"e\":[]}",
                "[".repeat(60_000),
                Batches.pageView().replace("\"v\":1", "\"v\":2"),
                Batches.pageView().replace("\"v\":1", "\"v\":\"1\""),
                Batches.pageView().replace("page-view-", "page/view/"),
                Batches.pageView().replace("http://127.0.0.1/shop", "javascript:alert(1)"),
                Batches.pageView().replace("\"http://127.0.0.1/shop\"", "17"),
                Batches.pageView().replace("\"t\":\"Shop\"", "\"t\":[1]"),
                Batches.pageView().replace("Shop", "a\u0000b"),
                Batches.pageView().replace("Shop", "a\\q"),
                Batches.pageView().replace("Shop", "line\nbreak"),
                "\ufeff\ufeff" + Batches.pageView());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedBatch_isRefusedCompletely(String body) {
        long before = server.webWatch().status().accepted();
        HttpResponse<String> response = server.post(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"malformed\"");
        assertThat(server.webWatch().status().accepted()).isEqualTo(before);
    }

    @Test
    void invalidUtf8_isMalformed() {
        byte[][] bad = {
            {(byte) 0xff}, {(byte) 0xc3, '('}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xc0, (byte) 0xaf}
        };
        for (byte[] sequence : bad) {
            byte[] body = Batches.pageView()
                    .replace("Shop", new String(sequence, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1);
            HttpResponse<String> response = server.post(body);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":17,\"n\":1}",
                "{\"n\":1}",
                "{\"t\":\"click\",\"n\":-1,\"el\":\"a\"}",
                "{\"t\":\"click\",\"n\":70000,\"el\":\"a\"}",
                "{\"t\":\"click\",\"n\":1e99,\"el\":\"a\"}",
                "{\"t\":\"click\",\"n\":1,\"el\":{}}",
                "{\"t\":\"click\",\"n\":1,\"el\":\"a\",\"x\":99999999999999999999999}",
                "{\"t\":\"click\",\"n\":1,\"el\":\"a\",\"o\":1}",
                "{\"t\":\"session\",\"n\":1}",
                "{\"t\":\"custom\",\"n\":1,\"nm\":\"a\",\"pp\":[1]}",
                "{\"t\":\"mouse_move\",\"n\":1,\"g\":\"***\"}",
                "null",
                "7"
            })
    void wrongEvent_doesNotAffectTheOthers(String event) {
        HttpResponse<String> response = server.post(Batches.of("{\"t\":\"page_view\",\"n\":0}", event));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(response.headers().firstValue("WebWatch-Dropped")).hasValue("invalid;n=1");
    }

    static Stream<String> hostileTexts() {
        return Stream.of(
                "</script><script>alert(1)</script>",
                "\"quotes\" and 'more' \\ back",
                "carriage\r\nSet-Cookie: x=1",
                "tab\tand bell\u0007 and escape\u001b[31m",
                "=cmd|' /C calc'!A0",
                "😀 four bytes 𝔘",
                "\u202eright to left",
                "<img src=x onerror=alert(1)>",
                "${jndi:ldap://x/a}",
                "' OR 1=1 --",
                "%00%0d%0a");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void hostileText_arrivesUnchangedAndEscaped(String text) {
        String id = Batches.pageViewId();
        String quoted = quoted(text);
        String body = "{\"v\":1,\"p\":\"" + id + "\",\"u\":\"http://127.0.0.1/h\",\"t\":" + quoted + ",\"e\":["
                + "{\"t\":\"custom\",\"n\":0,\"nm\":" + quoted + ",\"pp\":{\"k\":" + quoted + "}}]}";
        HttpResponse<String> response = server.post(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(server.store().events())
                .filteredOn(event -> event.id().pageView().equals(id))
                .singleElement()
                .satisfies(event -> {
                    Custom custom = (Custom) event.data();
                    assertThat(custom.name()).isEqualTo(text);
                    assertThat(custom.properties()).containsEntry("k", text);
                    assertThat(event.context().page().title()).isEqualTo(text);
                }));
        await().untilAsserted(() -> {
            HttpResponse<String> live = server.get("/webwatch/api/live", TestServer.signedIn());
            assertThat(live.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(live.body()).contains("\"id\":\"" + id + ".0\"").doesNotContain("\r", "\u0007", "\u001b");
        });
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < 32 || c == '"' || c == '\\') {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }

    @Test
    void hostileHeaders_areHarmless() {
        String tooLong = "x".repeat(2_000);
        assertThat(server.post(
                                Batches.pageView(),
                                "User-Agent",
                                tooLong,
                                "Accept-Language",
                                tooLong,
                                "X-Forwarded-For",
                                ",,,\"[::1\";, unknown,, 999.1.1.1",
                                "Forwarded",
                                "for=\"\\\"; =;;,for=")
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.get("/webwatch/ww.js", "Accept-Encoding", ";q=,;;,br;q=x,*;q=-1", "If-None-Match", ",,W/")
                        .statusCode())
                .isEqualTo(200);
    }
}

package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.Custom;
import io.webwatch.event.DropReason;
import io.webwatch.event.EventType;
import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                "webwatch.collector.allowed-origins", "https://www.example.org", "webwatch.collector.rate-limit", "0");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body())
                .contains(
                        "\"type\":\"about:blank\"", "\"status\":" + status, "\"code\":\"" + code + "\"", "\"detail\":");
    }

    private static long dropped(DropReason reason) {
        return server.webWatch().status().dropped().getOrDefault(reason, 0L);
    }

    @Test
    void batch_isAnswered204AndArrivesOnce() {
        String id = Batches.pageViewId();
        String body = "{\"v\":1,\"p\":\"" + id + "\",\"u\":\"http://127.0.0.1/arrives\",\"t\":\"Hello\",\"e\":["
                + "{\"t\":\"page_view\",\"n\":0},{\"t\":\"click\",\"n\":1,\"el\":\"#buy\"}]}";
        HttpResponse<String> response = server.post(body);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("WebWatch-Dropped")).isEmpty();
        await().untilAsserted(() -> assertThat(server.store().events())
                .filteredOn(event -> event.id().pageView().equals(id))
                .extracting(event -> event.type())
                .containsExactly(EventType.PAGE_VIEW, EventType.CLICK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "TEXT/Plain; Charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "text/plain;format=flowed"
            })
    void mediaType_isAccepted(String type) {
        assertThat(server.post(Batches.pageView(), "Content-Type", type).statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain;charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/jsonp",
                "nonsense"
            })
    void mediaType_isRefused(String type) {
        assertProblem(server.post(Batches.pageView(), "Content-Type", type), 415, "media_type");
    }

    @Test
    void missingMediaType_isRefused() {
        long before = dropped(DropReason.MEDIA_TYPE);
        assertProblem(server.send("POST", "/webwatch/events", new byte[] {'{'}), 415, "media_type");
        assertThat(dropped(DropReason.MEDIA_TYPE)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip", "zstd"})
    void unknownEncoding_isRefused(String encoding) {
        HttpResponse<String> response = server.post(Batches.pageView(), "Content-Encoding", encoding);
        assertProblem(response, 415, "encoding");
        assertThat(response.headers().firstValue("Accept-Encoding")).hasValue("gzip");
    }

    @Test
    void gzip_isAccepted() {
        byte[] body = Batches.gzip(Batches.pageView().getBytes(StandardCharsets.UTF_8));
        assertThat(server.post(body, "Content-Encoding", "gzip").statusCode()).isEqualTo(204);
    }

    @Test
    void gzipOfSeveralMembers_isAccepted() throws IOException {
        String batch = Batches.pageView();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(Batches.gzip(batch.substring(0, 20).getBytes(StandardCharsets.UTF_8)));
        body.write(Batches.gzip(batch.substring(20).getBytes(StandardCharsets.UTF_8)));
        assertThat(server.post(body.toByteArray(), "Content-Encoding", "gzip").statusCode())
                .isEqualTo(204);
    }

    @Test
    void truncatedGzip_isMalformed() {
        byte[] body = Batches.gzip(Batches.pageView().getBytes(StandardCharsets.UTF_8));
        for (int length = 0; length < body.length; length++) {
            assertProblem(server.post(Arrays.copyOf(body, length), "Content-Encoding", "gzip"), 400, "malformed");
        }
    }

    @Test
    void plainBodyDeclaredAsGzip_isMalformed() {
        assertProblem(server.post(Batches.pageView(), "Content-Encoding", "gzip"), 400, "malformed");
    }

    @Test
    void gzipBomb_isTooLarge() {
        long before = dropped(DropReason.TOO_LARGE);
        byte[] bomb = Batches.gzip(new byte[50_000_000]);
        assertThat(bomb.length).isLessThan(65_536);
        assertProblem(server.post(bomb, "Content-Encoding", "gzip"), 413, "too_large");
        assertThat(dropped(DropReason.TOO_LARGE)).isEqualTo(before + 1);
    }

    @Test
    void bodyOfTheMaximumSize_isAccepted_andALargerOneIsNot() {
        String batch = Batches.pageView();
        String full = batch + " ".repeat(65_536 - batch.length());
        assertThat(server.post(full).statusCode()).isEqualTo(204);
        assertProblem(server.post(full + " "), 413, "too_large");
    }

    @Test
    void chunkedBody_isAcceptedUpToTheLimit() {
        String batch = Batches.pageView();
        assertThat(server.raw(chunked(batch, 1_000))).startsWith("HTTP/1.1 204");
        String over = batch + " ".repeat(65_537 - batch.length());
        assertThat(server.raw(chunked(over, 4_000))).startsWith("HTTP/1.1 413").contains("\"too_large\"");
    }

    private static String chunked(String body, int size) {
        StringBuilder request = new StringBuilder("POST /webwatch/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        for (int i = 0; i < body.length(); i += size) {
            String chunk = body.substring(i, Math.min(body.length(), i + size));
            request.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return request.append("0\r\n\r\n").toString();
    }

    @Test
    void brokenChunk_isAClientError() {
        String answer = server.raw("POST /webwatch/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nnothex\r\n{}\r\n0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethod_isRefusedWithAllow(String method) {
        HttpResponse<String> response = server.send(method, "/webwatch/events", null);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        if (!method.equals("HEAD")) {
            assertProblem(response, 405, "method");
        }
    }

    @Test
    void invalidEvent_doesNotAffectTheOthers() {
        String id = Batches.pageViewId();
        String body = "{\"v\":1,\"p\":\"" + id + "\",\"u\":\"http://127.0.0.1/partly\",\"e\":["
                + "{\"t\":\"page_view\",\"n\":0},{\"t\":\"click\",\"n\":1},{\"t\":\"custom\",\"n\":2,\"nm\":\"kept\"}]}";
        HttpResponse<String> response = server.post(body);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("WebWatch-Dropped")).hasValue("invalid;n=1");
        await().untilAsserted(() -> assertThat(server.store().events())
                .filteredOn(event -> event.id().pageView().equals(id))
                .extracting(event -> event.id().sequence())
                .containsExactly(0L, 2L));
    }

    @Test
    void unknownType_becomesACustomEvent() {
        String id = Batches.pageViewId();
        String body = "{\"v\":1,\"p\":\"" + id + "\",\"u\":\"http://127.0.0.1/x\",\"e\":["
                + "{\"t\":\"teleport\",\"n\":0,\"where\":\"moon\"}]}";
        assertThat(server.post(body).statusCode()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(server.store().events())
                .filteredOn(event -> event.id().pageView().equals(id))
                .extracting(event -> ((Custom) event.data()).name())
                .containsExactly("teleport"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org,204",
        "HTTPS://WWW.EXAMPLE.ORG,204",
        "http://www.example.org,403",
        "https://evil.example,403",
        "https://www.example.org.evil.example,403",
        "null,403"
    })
    void origin_isChecked(String origin, int status) {
        HttpResponse<String> response = server.post(Batches.pageView(), "Origin", origin);
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 204) {
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(origin);
        } else {
            assertProblem(response, 403, "origin");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        assertThat(response.headers().allValues("Vary")).contains("Origin");
    }

    @Test
    void ownOrigin_isAccepted() {
        assertThat(server.post(Batches.pageView(), "Origin", "http://127.0.0.1:" + server.port())
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.post(Batches.pageView(), "Origin", "https://shop.example", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.post(Batches.pageView(), "Origin", "https://shop.example", "X-Forwarded-Host", "shop.example")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void preflight_ofAnAllowedOrigin_isAnswered() {
        HttpResponse<String> response = server.send(
                "OPTIONS",
                "/webwatch/events",
                null,
                "Origin",
                "https://www.example.org",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://www.example.org");
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("POST");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("content-type");
    }

    @Test
    void preflight_ofAnotherOrigin_isRefused() {
        HttpResponse<String> response = server.send(
                "OPTIONS",
                "/webwatch/events",
                null,
                "Origin",
                "https://evil.example",
                "Access-Control-Request-Method",
                "POST");
        assertProblem(response, 403, "origin");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void rate_isLimitedPerAddress() {
        try (TestServer limited = TestServer.start("webwatch.collector.rate-limit", "1")) {
            HttpResponse<String> refused = limited.post(Batches.pageView());
            for (int i = 1; i < 200 && refused.statusCode() == 204; i++) {
                refused = limited.post(Batches.pageView());
            }
            assertProblem(refused, 429, "rate");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 2L);
            assertThat(limited.post(Batches.pageView(), "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(limited.webWatch().status().dropped()).containsEntry(DropReason.RATE, 1L);
        }
    }

    @Test
    void stoppedWebWatch_answers503WithRetryAfter() {
        try (TestServer stopped = TestServer.start()) {
            stopped.webWatch().close();
            HttpResponse<String> response = stopped.post(Batches.pageView());
            assertProblem(response, 503, "closed");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void collector_worksBelowAContextPathAndAnotherPath() {
        try (TestServer deep = TestServer.builder()
                .contextPath("/shop")
                .property("webwatch.path", "/stats/web")
                .start()) {
            byte[] body = Batches.pageView().getBytes(StandardCharsets.UTF_8);
            assertThat(deep.send("POST", "/stats/web/events", body, "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(deep.send("POST", "/stats/website/events", body, "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}

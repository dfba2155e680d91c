package io.webwatch.servlet.internal.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.servlet.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerEndpointTest {
    private static TestServer server;
    private static TrackerScript script;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
        script = TrackerScript.load(TrackerEndpointTest.class.getClassLoader(), WebWatchConfig.defaults());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void script_isServedUncompressed() {
        HttpResponse<byte[]> response = server.bytes("/webwatch/ww.js");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(script.plain());
        assertThat(response.headers().map())
                .containsEntry("content-type", List.of("text/javascript;charset=utf-8"))
                .containsEntry("vary", List.of("Accept-Encoding"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
                .containsEntry("etag", List.of("\"" + script.hash() + "\""))
                .doesNotContainKey("content-encoding");
    }

    @Test
    void addressWithHash_isImmutable_andOthersAreRevalidated() {
        assertThat(server.get("/webwatch/ww.js?v=" + script.hash()).headers().firstValue("Cache-Control"))
                .hasValue("public, max-age=31536000, immutable");
        assertThat(server.get("/webwatch/ww.js").headers().firstValue("Cache-Control"))
                .hasValue("public, no-cache");
        assertThat(server.get("/webwatch/ww.js?v=old").headers().firstValue("Cache-Control"))
                .hasValue("public, no-cache");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br | br",
                "gzip | gzip",
                "x-gzip | gzip",
                "br;q=0.5, gzip;q=0.8 | gzip",
                "br;q=0, gzip;q=0 | identity",
                "* | br",
                "*;q=0 | identity",
                "br;q=0, * | gzip",
                "identity, gzip;q=0.5 | identity",
                "deflate | identity",
                "GZIP;Q=1 | gzip"
            })
    void encoding_isNegotiated(String accept, String expected) throws IOException {
        HttpResponse<byte[]> response = server.bytes("/webwatch/ww.js", "Accept-Encoding", accept);
        assertThat(response.headers().firstValue("Content-Encoding").orElse("identity"))
                .isEqualTo(expected);
        byte[] wanted = switch (expected) {
            case "br" -> script.brotli();
            case "gzip" -> script.gzip();
            default -> script.plain();
        };
        assertThat(response.body()).isEqualTo(wanted);
        if (expected.equals("gzip")) {
            assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                    .isEqualTo(script.plain());
        }
        String tag = response.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again =
                server.bytes("/webwatch/ww.js", "Accept-Encoding", accept, "If-None-Match", "\"other\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    }

    @Test
    void head_hasTheLengthButNoBody() {
        HttpResponse<String> response = server.send("HEAD", "/webwatch/ww.js", null);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
                .isEqualTo(script.plain().length);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void otherMethod_isRefused(String method) {
        HttpResponse<String> response = server.send(method, "/webwatch/ww.js", null);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(response.body()).contains("\"code\":\"method\"");
    }

    @Test
    void allowedOrigins_makeTheScriptAvailableToOtherSites() {
        try (TestServer open = TestServer.start("webwatch.collector.allowed-origins", "https://www.example.org")) {
            HttpResponse<String> response = open.get("/webwatch/ww.js", "Origin", "https://www.example.org");
            assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .hasValue("cross-origin");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
        }
    }
}

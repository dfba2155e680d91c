package io.webwatch.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.servlet.testing.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardServletTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.builder().contextPath("/shop").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/index.html",
                "/assets/index-abc123.js",
                "/pages",
                "/api/status",
                "/api/live",
                "/api/live/stream",
                "/api/query?metrics=events",
                "/api/nothing",
                "/nothing.js"
            })
    void guardedAddress_isChallenged(String path) {
        HttpResponse<String> response = server.get("/webwatch" + path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"WebWatch\", charset=\"UTF-8\"");
        assertThat(response.body()).contains("\"code\":\"unauthorized\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic d2Vid2F0Y2g6",
                "Basic d2Vid2F0Y2g6d3Jvbmc=",
                "Bearer open-sesame",
                "Digest username=\"webwatch\""
            })
    void wrongCredentials_areChallenged(String header) {
        // a different address for each header, because failures are throttled per address
        String address = "203.0.113." + (header.length() + 1);
        assertThat(server.get("/webwatch/", "Authorization", header, "X-Forwarded-For", address)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void repeatedFailures_areThrottledPerAddress() {
        String[] wrong = {"Authorization", TestServer.basic("webwatch", "guess"), "X-Forwarded-For", "198.51.100.1"};
        HttpResponse<String> response = server.get("/webwatch/", wrong);
        for (int i = 0; i < 20 && response.statusCode() == 401; i++) {
            response = server.get("/webwatch/", wrong);
        }
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("\"code\":\"throttled\"");
        assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 11L);
        assertThat(server.get("/webwatch/", TestServer.signedIn()).statusCode()).isEqualTo(200);
    }

    @Test
    void baseWithoutSlash_redirectsRelatively() {
        HttpResponse<String> response = server.get("/webwatch?x=1", TestServer.signedIn());
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).hasValue("webwatch/?x=1");
        assertThat(server.get("/webwatch", TestServer.signedIn()).headers().firstValue("Location"))
                .hasValue("webwatch/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/index-abc123.js", "/api/status", "/nothing.js", "/api/nothing"})
    void everyAnswer_hasStrictHeaders(String path) {
        HttpResponse<String> response = server.get("/webwatch" + path, TestServer.signedIn());
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
                        + " 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void index_isRevalidated_andAssetsAreNot() {
        HttpResponse<String> index = server.get("/webwatch/", TestServer.signedIn());
        assertThat(index.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(index.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
        String tag = index.headers().firstValue("ETag").orElseThrow();
        assertThat(server.get("/webwatch/", TestServer.signedIn("If-None-Match", "\"x\", W/" + tag))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> asset = server.get("/webwatch/assets/index-abc123.js", TestServer.signedIn());
        assertThat(asset.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=utf-8");
        assertThat(asset.headers().firstValue("Cache-Control")).hasValue("private, max-age=31536000, immutable");
    }

    @Test
    void dashboard_isNotTracked() {
        assertThat(server.get("/webwatch/", TestServer.signedIn("Accept", "text/html"))
                        .body())
                .contains("</head>")
                .doesNotContain("ww.js");
    }

    @Test
    void view_isTheIndexForNavigationsOnly() {
        HttpResponse<String> view = server.get("/webwatch/pages", TestServer.signedIn("Accept", "text/html"));
        assertThat(view.statusCode()).isEqualTo(200);
        assertThat(view.body()).contains("src=\"./assets/");
        assertThat(server.get("/webwatch/pages/one", TestServer.signedIn("Accept", "text/html"))
                        .body())
                .contains("src=\"../assets/");
        assertThat(server.get("/webwatch/pages", TestServer.signedIn("Accept", "*/*"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.get("/webwatch/missing.js", TestServer.signedIn("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webwatch/../WEB-INF/web.xml",
                "/webwatch/..%2f..%2ftracker/tracker.json",
                "/webwatch/assets/%2e%2e/%2e%2e/tracker/tracker.json",
                "/webwatch/assets/..;/..;/tracker/tracker.json",
                "/webwatch/.hidden",
                "/webwatch/assets/",
                "/webwatch/%00"
            })
    void hostilePath_isNotServed(String path) {
        String answer = server.raw("GET /shop" + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                + TestServer.basic("webwatch", TestServer.PASSWORD) + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 40[04]").doesNotContain("0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void otherMethod_isRefused(String method) {
        HttpResponse<String> response = server.send(method, "/webwatch/api/status", null, TestServer.signedIn());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void unknownApiPath_isAProblem() {
        HttpResponse<String> response = server.get("/webwatch/api/nothing", TestServer.signedIn("Accept", "text/html"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"not_found\"");
    }

    @Test
    void status_hasTheDocumentedFields() {
        HttpResponse<String> response = server.get("/webwatch/api/status", TestServer.signedIn());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .contains(
                        "\"version\":\"",
                        "\"started_at\":\"",
                        "\"path\":\"/shop/webwatch\"",
                        "\"data_directory\":\"/",
                        "\"buffer\":{\"used\":",
                        "\"capacity\":65536",
                        "\"used_bytes\":",
                        "\"max_bytes\":16777216",
                        "\"accepted\":",
                        "\"dropped\":[",
                        "\"pages\":{\"injected\":",
                        "\"sinks\":[{\"name\":\"memory\",\"state\":\"",
                        "\"last_error\":",
                        "\"position\":",
                        "\"lag\":",
                        "\"written\":",
                        "\"rejected\":",
                        "\"retries\":",
                        "\"store\":null",
                        "\"hint\":\"",
                        "\"warnings\":[");
    }

    @Test
    void disabledDashboard_isNotServed() {
        try (TestServer disabled = TestServer.start("webwatch.dashboard.enabled", "false")) {
            assertThat(disabled.get("/webwatch/", TestServer.signedIn()).statusCode())
                    .isEqualTo(404);
            assertThat(disabled.get("/webwatch/ww.js").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void deniedAccess_showsTheRemedyAsPageOrProblem() {
        try (TestServer locked = TestServer.builder()
                .access(request -> DashboardAccess.Decision.deny("Set webwatch.dashboard.role <b>now</b>."))
                .start()) {
            HttpResponse<String> page = locked.get("/webwatch/", "Accept", "text/html");
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(page.body()).contains("Set webwatch.dashboard.role &#60;b&#62;now&#60;/b&#62;.");
            HttpResponse<String> problem = locked.get("/webwatch/api/live");
            assertThat(problem.statusCode()).isEqualTo(403);
            assertThat(problem.body()).contains("\"code\":\"locked\"");
        }
    }

    @Test
    void failingAccess_isAnswered503WithoutData() {
        try (TestServer broken = TestServer.builder()
                .access(request -> {
                    throw new IllegalStateException("a defect");
                })
                .start()) {
            HttpResponse<String> response = broken.get("/webwatch/api/status");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("\"code\":\"internal\"").doesNotContain("accepted");
        }
    }
}

package io.webwatch.servlet.internal.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import io.webwatch.servlet.testing.TestServer.Page;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the injection in Tomcat, with a page for each way in which applications write responses. */
class ScriptInjectionTest {
    private static final String[] BROWSER = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};
    private static final String[] BROWSER_BEHIND_PREFIX = {BROWSER[0], BROWSER[1], "X-Forwarded-Prefix", "/front"};
    private static final String HTML = "<!doctype html><html><head><title>Ü</title></head><body>Größe €</body></html>";
    private static final String SCRIPT = "webwatch/ww.js?v=0123456789abcdef";

    private static String tag(String prefix) {
        return "<script defer src=\"" + prefix + SCRIPT + "\"></script>";
    }

    private static String with(String html, String tag) {
        int head = html.indexOf("</head>");
        return html.substring(0, head) + tag + html.substring(head);
    }

    private static Page html(String body) {
        return (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(body);
        };
    }

    private static TestServer serving(String pattern, Page page) {
        return TestServer.builder().page(pattern, page).start();
    }

    @Test
    void pageByWriter_onlyDiffersByTheTag() {
        try (TestServer server = serving("/page", html(HTML))) {
            HttpResponse<String> response = server.get("/page", BROWSER);
            assertThat(response.body()).isEqualTo(with(HTML, tag("")));
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
            assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
                    .isEqualTo(response.body().getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
    void pageByStreamInPieces_onlyDiffersByTheTag(int piece) {
        String big = HTML.replace("Größe", "Größe ".repeat(5_000));
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            byte[] bytes = big.getBytes(StandardCharsets.UTF_8);
            ServletOutputStream out = response.getOutputStream();
            for (int i = 0; i < bytes.length; i += piece) {
                out.write(bytes, i, Math.min(piece, bytes.length - i));
                if (i < 10) {
                    response.flushBuffer();
                }
            }
        })) {
            assertThat(server.get("/page", BROWSER).body()).isEqualTo(with(big, tag("")));
        }
    }

    @Test
    void pageByteByByte_onlyDiffersByTheTag() {
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            for (byte b : HTML.getBytes(StandardCharsets.UTF_8)) {
                response.getOutputStream().write(b);
            }
        })) {
            assertThat(server.get("/page", BROWSER).body()).isEqualTo(with(HTML, tag("")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-8",
                "ISO-8859-1",
                "ISO-8859-15",
                "windows-1252",
                "US-ASCII",
                "Shift_JIS",
                "GBK",
                "Big5",
                "EUC-JP"
            })
    void charset_isKept(String charset) {
        String text = "<html><head><title>é漢</title></head><body>字 ü</body></html>";
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("text/html");
            response.setCharacterEncoding(charset);
            response.getWriter().write(text);
        })) {
            HttpResponse<byte[]> response = server.bytes("/page", BROWSER);
            assertThat(response.body()).isEqualTo(with(text, tag("")).getBytes(Charset.forName(charset)));
            assertThat(response.headers().firstValue("Content-Type").orElse("")).endsWithIgnoringCase(charset);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-2022-JP"})
    void charsetIncompatibleWithAscii_isUntouchedAndCounted(String charset) {
        String text = "<html><head><title>x</title></head><body>y</body></html>";
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("text/html;charset=" + charset);
            response.getWriter().write(text);
        })) {
            assertThat(server.bytes("/page", BROWSER).body()).isEqualTo(text.getBytes(Charset.forName(charset)));
            assertThat(server.get("/webwatch/api/status", TestServer.signedIn()).body())
                    .contains("\"charset\":1");
        }
    }

    @Test
    void writerWithoutCharset_sendsTheDefaultOfTheContainer() {
        Page page = (request, response) -> {
            response.setContentType("text/html");
            response.getWriter().write("<head></head>é");
        };
        try (TestServer server = serving("/page", page)) {
            HttpResponse<byte[]> response = server.bytes("/page", BROWSER);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=ISO-8859-1");
            assertThat(response.body()).endsWith((byte) 0xe9);
        }
    }

    @Test
    void contentTypeSetAfterGetWriter_isAPage() {
        try (TestServer server = serving("/page", (request, response) -> {
            response.setCharacterEncoding("UTF-8");
            PrintWriter writer = response.getWriter();
            response.setContentType("text/html;charset=ISO-8859-1");
            writer.write(HTML);
        })) {
            HttpResponse<String> response = server.get("/page", BROWSER);
            assertThat(response.headers().firstValue("Content-Type").orElse(""))
                    .isEqualToIgnoringCase("text/html;charset=UTF-8");
            assertThat(response.body()).isEqualTo(with(HTML, tag("")));
        }
    }

    @Test
    void contentLengthOfThePage_isNotSent() {
        byte[] bytes = HTML.getBytes(StandardCharsets.UTF_8);
        try (TestServer server = TestServer.builder()
                .page("/before", (request, response) -> {
                    response.setContentLength(bytes.length);
                    response.setContentType("text/html;charset=UTF-8");
                    response.getOutputStream().write(bytes);
                })
                .page("/header", (request, response) -> {
                    response.setContentType("text/html;charset=UTF-8");
                    response.setHeader("content-length", Integer.toString(bytes.length));
                    response.getOutputStream().write(bytes);
                    response.flushBuffer();
                })
                .start()) {
            assertThat(server.get("/before", BROWSER).body()).isEqualTo(with(HTML, tag("")));
            assertThat(server.get("/header", BROWSER).body()).isEqualTo(with(HTML, tag("")));
        }
    }

    @Test
    void contentLengthOfOtherTypes_isKept() {
        try (TestServer server = serving("/data", (request, response) -> {
            response.setContentLength(4);
            response.setContentType("text/plain");
            response.getOutputStream().write("data".getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        })) {
            HttpResponse<String> response = server.get("/data", BROWSER);
            assertThat(response.body()).isEqualTo("data");
            assertThat(response.headers().firstValue("Content-Length")).hasValue("4");
        }
    }

    @Test
    void entityTag_isWeakened() {
        try (TestServer server = TestServer.builder()
                .page("/page", (request, response) -> {
                    response.setHeader("ETag", "\"abc\"");
                    html(HTML).answer(request, response);
                })
                .page("/data", (request, response) -> {
                    response.setHeader("ETag", "\"abc\"");
                    response.setContentType("application/json");
                    response.getWriter().write("{}");
                })
                .start()) {
            assertThat(server.get("/page", BROWSER).headers().firstValue("ETag"))
                    .hasValue("W/\"abc\"");
            assertThat(server.get("/data", BROWSER).headers().firstValue("ETag"))
                    .hasValue("\"abc\"");
        }
    }

    @Test
    void head_isUntouched() {
        try (TestServer server = serving("/page", (request, response) -> {
            response.setHeader("ETag", "\"abc\"");
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(HTML.getBytes(StandardCharsets.UTF_8).length);
        })) {
            HttpResponse<String> response = server.send("HEAD", "/page", null, BROWSER);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("ETag")).hasValue("\"abc\"");
            assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
                    .isEqualTo(HTML.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 304})
    void statusWithoutACompletePage_isUntouched(int status) {
        try (TestServer server = serving("/page", (request, response) -> {
            response.setStatus(status);
            response.setHeader("ETag", "\"abc\"");
            response.setContentType("text/html");
            if (status == 206) {
                response.setHeader("Content-Range", "bytes 0-12/100");
                response.setContentLength(13);
                response.getWriter().write("<head></head>");
            }
        })) {
            HttpResponse<String> response = server.get("/page", BROWSER);
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("ETag")).hasValue("\"abc\"");
            assertThat(response.body()).doesNotContain("ww.js");
        }
    }

    @Test
    void bodyEncodedByTheApplication_isUntouchedAndCounted() {
        byte[] gzip = Batches.gzip(HTML.getBytes(StandardCharsets.UTF_8));
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLength(gzip.length);
            response.getOutputStream().write(gzip);
        })) {
            HttpResponse<byte[]> response = server.bytes("/page", BROWSER);
            assertThat(response.body()).isEqualTo(gzip);
            assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
                    .isEqualTo(gzip.length);
            assertThat(server.get("/webwatch/api/status", TestServer.signedIn()).body())
                    .contains("\"encoded\":1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "text/html | - | true",
                "*/* | - | true",
                "- | - | true",
                "*/* | document | true",
                "*/* | empty | false",
                "*/* | script | false",
                "image/avif,*/*;q=0.8 | image | false",
                "application/json | empty | false",
                "text/html | empty | true",
                "text/html | iframe | true"
            })
    void requestThatDoesNotAcceptHtml_isNotWrapped(String accept, String destination, boolean injected) {
        Page wrapped = (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write("<head></head>" + (response instanceof InjectingResponse));
        };
        try (TestServer server = serving("/page", wrapped)) {
            String answer = server.raw("GET /page HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                    + (accept == null ? "" : "Accept: " + accept + "\r\n")
                    + (destination == null ? "" : "Sec-Fetch-Dest: " + destination + "\r\n") + "\r\n");
            assertThat(answer).contains("</head>" + injected);
            assertThat(answer.contains("ww.js")).isEqualTo(injected);
        }
    }

    @Test
    void asyncPage_getsTheTag() {
        try (TestServer server = TestServer.builder()
                .page("/implicit", (request, response) -> {
                    AsyncContext context = request.startAsync();
                    new Thread(() -> finish(context)).start();
                })
                .page("/explicit", (request, response) -> {
                    response.setContentType("text/html;charset=UTF-8");
                    response.getWriter().write("<!doctype html>");
                    AsyncContext context = request.startAsync(request, response);
                    new Thread(() -> finish(context)).start();
                })
                .page("/dispatched", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.REQUEST) {
                        request.startAsync().dispatch();
                    } else {
                        html(HTML).answer(request, response);
                    }
                })
                .start()) {
            assertThat(server.get("/implicit", BROWSER).body()).isEqualTo(with(HTML, tag("")));
            assertThat(server.get("/explicit", BROWSER).body()).isEqualTo(with("<!doctype html>" + HTML, tag("")));
            assertThat(server.get("/dispatched", BROWSER).body()).isEqualTo(with(HTML, tag("")));
        }
    }

    private static void finish(AsyncContext context) {
        try {
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(HTML);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            context.complete();
        }
    }

    @Test
    void nonBlockingPage_getsTheTag() {
        String big = HTML.replace("Größe", "Größe ".repeat(50_000));
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            AsyncContext context = request.startAsync();
            ServletOutputStream out = response.getOutputStream();
            byte[] bytes = big.getBytes(StandardCharsets.UTF_8);
            out.setWriteListener(new WriteListener() {
                private int written;

                @Override
                public void onWritePossible() throws IOException {
                    while (out.isReady()) {
                        if (written == bytes.length) {
                            context.complete();
                            return;
                        }
                        int length = Math.min(5_003, bytes.length - written);
                        out.write(bytes, written, length);
                        written += length;
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    context.complete();
                }
            });
        })) {
            assertThat(server.get("/page", BROWSER).body()).isEqualTo(with(big, tag("")));
        }
    }

    @Test
    void errorPage_getsTheTagRelativeToTheRequestedAddress() {
        try (TestServer server = TestServer.builder()
                .page("/deep/er/fails", (request, response) -> {
                    response.setContentType("text/html");
                    response.getWriter().write("<html><head>half a page");
                    response.sendError(500);
                })
                .page("/errors/page", html(HTML))
                .errorPage(500, "/errors/page")
                .errorPage(404, "/errors/page")
                .start()) {
            HttpResponse<String> failed = server.get("/deep/er/fails", BROWSER);
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).isEqualTo(with(HTML, tag("../../")));
            assertThat(server.get("/not/here", BROWSER).body()).isEqualTo(with(HTML, tag("../")));
        }
    }

    @Test
    void exceptionOfTheApplication_passesThrough() {
        try (TestServer server = TestServer.builder()
                .page("/fails", (request, response) -> {
                    response.setContentType("text/html");
                    response.getWriter().write("<html><head>half");
                    throw new IllegalStateException("a failure of the application");
                })
                .page("/errors/page", html(HTML))
                .errorPage(500, "/errors/page")
                .start()) {
            HttpResponse<String> failed = server.get("/fails", BROWSER);
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).isEqualTo(with(HTML, tag("")));
        }
    }

    @Test
    void forwardAndInclude_getOneTag() {
        try (TestServer server = TestServer.builder()
                .page(
                        "/a/b/forwards",
                        (request, response) ->
                                request.getRequestDispatcher("/page").forward(request, response))
                .page("/includes", (request, response) -> {
                    response.setContentType("text/html;charset=UTF-8");
                    response.getWriter().write("<!-- before -->");
                    request.getRequestDispatcher("/page").include(request, response);
                    response.getWriter().write("<!-- after -->");
                })
                .page("/page", html(HTML))
                .start()) {
            assertThat(server.get("/a/b/forwards", BROWSER).body()).isEqualTo(with(HTML, tag("../../")));
            assertThat(server.get("/includes", BROWSER).body())
                    .isEqualTo("<!-- before -->" + with(HTML, tag("")) + "<!-- after -->");
        }
    }

    @Test
    void resetBuffer_startsThePageAgain() {
        try (TestServer server = TestServer.builder()
                .page("/buffer", (request, response) -> {
                    response.setContentType("text/html;charset=UTF-8");
                    response.getWriter().write("<head></head> gone");
                    response.resetBuffer();
                    response.getWriter().write(HTML);
                })
                .page("/all", (request, response) -> {
                    response.setContentType("text/plain");
                    response.getWriter().write("gone");
                    response.reset();
                    response.setContentType("text/html;charset=UTF-8");
                    response.getOutputStream().write(HTML.getBytes(StandardCharsets.UTF_8));
                })
                .start()) {
            assertThat(server.get("/buffer", BROWSER).body()).isEqualTo(with(HTML, tag("")));
            assertThat(server.get("/all", BROWSER).body()).isEqualTo(with(HTML, tag("")));
        }
    }

    @Test
    void redirectAfterWriting_hasNoBody() {
        try (TestServer server = serving("/moved", (request, response) -> {
            response.setContentType("text/html");
            response.getWriter().write("<head></head>");
            response.sendRedirect("/elsewhere");
        })) {
            HttpResponse<String> response = server.get("/moved", BROWSER);
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void flushedHead_reachesTheBrowserBeforeTheEndOfThePage() throws IOException {
        CountDownLatch seen = new CountDownLatch(1);
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write("<head></head>");
            response.getWriter().flush();
            try {
                response.getWriter().write(seen.await(20, TimeUnit.SECONDS) ? "in time" : "late");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })) {
            InputStream body = server.stream("/page", BROWSER).body();
            String first = new String(body.readNBytes(tag("").length() + 13), StandardCharsets.UTF_8);
            seen.countDown();
            assertThat(first).isEqualTo(with("<head></head>", tag("")));
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("in time");
        }
    }

    @Test
    void nonce_isTakenFromThePageOrItsPolicy() {
        try (TestServer server = TestServer.builder()
                .page("/tag", html("<head><script nonce=\"abc\">1</script></head>"))
                .page("/header", (request, response) -> {
                    response.setHeader(
                            "Content-Security-Policy",
                            "default-src 'self'; script-src 'self' 'nonce-a+b/c=' 'strict-dynamic'");
                    html("<head></head>").answer(request, response);
                })
                .page("/none", (request, response) -> {
                    response.setHeader("Content-Security-Policy", "style-src 'nonce-style'");
                    html("<head></head>").answer(request, response);
                })
                .start()) {
            assertThat(server.get("/tag", BROWSER).body()).contains("\" nonce=\"abc\"></script></head>");
            assertThat(server.get("/header", BROWSER).body()).contains(" nonce=\"a+b/c=\"></script></head>");
            assertThat(server.get("/none", BROWSER).body()).doesNotContain("nonce");
        }
    }

    @Test
    void pageWithBase_getsAnAddressIndependentOfIt() {
        try (TestServer server = TestServer.builder()
                .contextPath("/shop")
                .page("/a/page", html("<head><base href=\"https://cdn.example/\"></head>"))
                .start()) {
            assertThat(server.get("/a/page", BROWSER).body())
                    .contains("src=\"//127.0.0.1:" + server.port() + "/shop/" + SCRIPT + "\"");
            String[] proxied = {
                "Accept", "text/html", "X-Forwarded-Host", "shop.example", "X-Forwarded-Prefix", "/front/"
            };
            assertThat(server.get("/a/page", proxied).body())
                    .contains("src=\"//shop.example/front/shop/" + SCRIPT + "\"");
        }
    }

    @Test
    void scriptAddress_isCorrectOnEveryPage() {
        try (TestServer server = TestServer.builder()
                .contextPath("/shop")
                .page("/*", html("<head></head>"))
                .start()) {
            for (String page : new String[] {"/", "/a", "/a/", "/a/b;x=/y/z", "/a%2520b/c?x=/y/"}) {
                String body = server.get(page, BROWSER).body();
                String src = body.replaceAll("(?s).*src=\"([^\"]+)\".*", "$1");
                assertThat(server.uri(page).resolve(src).normalize().getPath().replaceAll("^/\\.\\.", ""))
                        .as("%s from %s", src, page)
                        .isEqualTo("/shop/webwatch/ww.js");
            }
        }
    }

    @Test
    void pageWithTheTag_isUntouched() {
        String own = "<head><script defer src=\"webwatch/ww.js\"></script></head>";
        try (TestServer server = serving("/page", html(own))) {
            assertThat(server.get("/page", BROWSER).body()).isEqualTo(own);
        }
    }

    @Test
    void fragment_isUntouchedAndCounted() {
        try (TestServer server = serving("/part", html("<li>one</li><p>cut </hea"))) {
            assertThat(server.get("/part", BROWSER).body()).isEqualTo("<li>one</li><p>cut </hea");
            assertThat(server.get("/webwatch/api/status", TestServer.signedIn()).body())
                    .contains("\"no_head\":1");
        }
    }

    @Test
    void xhtml_getsAWellFormedTag() {
        try (TestServer server = serving("/page", (request, response) -> {
            response.setContentType("application/xhtml+xml;charset=UTF-8");
            response.getWriter().write("<html><head><script src=\"a.js\"/></head></html>");
        })) {
            assertThat(server.get("/page", BROWSER).body())
                    .contains("<script src=\"a.js\"/><script defer=\"defer\" src=\"" + SCRIPT + "\"");
        }
    }

    @Test
    void settings_areAttributesOfTheTag() {
        try (TestServer server = TestServer.builder()
                .property("webwatch.site", "shop")
                .property("webwatch.tracker.capture", "clicks")
                .property("webwatch.privacy.query-params", "page,sort")
                .page("/routed", (request, response) -> {
                    request.setAttribute("io.webwatch.route", "/product/{id}\"><script>é");
                    html("<head></head>").answer(request, response);
                })
                .page("/spring", (request, response) -> {
                    request.setAttribute(
                            "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern", "/p/{id}");
                    html("<head></head>").answer(request, response);
                })
                .start()) {
            assertThat(server.get("/routed", BROWSER).body())
                    .contains(" data-site=\"shop\" data-capture=\"clicks\" data-query-params=\"page,sort\""
                            + " data-route=\"/product/{id}&#34;&#62;&#60;script&#62;&#233;\"></script></head>");
            assertThat(server.get("/spring", BROWSER).body()).contains(" data-route=\"/p/{id}\"");
        }
    }

    @Test
    void includeAndExclude_selectPages() {
        try (TestServer server = TestServer.builder()
                .contextPath("/shop")
                .property("webwatch.tracker.include", "/public/*, /")
                .property("webwatch.tracker.exclude", "*/secret/*")
                .page("/*", html("<head></head>"))
                .start()) {
            assertThat(server.get("/", BROWSER).body()).contains("ww.js");
            assertThat(server.get("/public/a/b", BROWSER).body()).contains("ww.js");
            assertThat(server.get("/private", BROWSER).body()).doesNotContain("ww.js");
            assertThat(server.get("/public/secret/a", BROWSER).body()).doesNotContain("ww.js");
            assertThat(server.get("/", BROWSER).body())
                    .contains(" data-include=\"/shop/public/*,/shop/\" data-exclude=\"*/secret/*\"");
            assertThat(server.get("/", BROWSER_BEHIND_PREFIX).body())
                    .contains(" data-include=\"/front/shop/public/*,/front/shop/\"");
        }
    }

    @Test
    void privacySettings_areAttributesOfTheTag() {
        try (TestServer server = TestServer.builder()
                .property("webwatch.tracker.consent", "required")
                .property("webwatch.tracker.downloads", "pdf,doc*")
                .property("webwatch.privacy.identity", "storage")
                .property("webwatch.privacy.dnt", "drop")
                .page("/*", html("<head></head>"))
                .start()) {
            assertThat(server.get("/", BROWSER).body())
                    .contains(" data-downloads=\"pdf,doc*\" data-consent=\"required\""
                            + " data-storage=\"globalPrivacyControl,doNotTrack\"></script>");
        }
    }

    @Test
    void build_isTheSmallestThatSupportsTheSettings() {
        assertThat(scriptOf()).contains(SCRIPT);
        assertThat(scriptOf("webwatch.tracker.capture", "clicks")).contains(SCRIPT);
        assertThat(scriptOf("webwatch.tracker.capture", "events, engagement")).contains("ww.js?v=fedcba9876543210");
        assertThat(scriptOf("webwatch.tracker.capture", "events")).contains("ww.js?v=fedcba9876543210");
        for (String[] setting : new String[][] {
            {"webwatch.privacy.identity", "storage"},
            {"webwatch.privacy.identity", "user"},
            {"webwatch.privacy.query-params", "page"},
            {"webwatch.tracker.include", "/*"},
            {"webwatch.tracker.exclude", "/none"}
        }) {
            assertThat(scriptOf("webwatch.tracker.capture", "events", setting[0], setting[1]))
                    .as("%s", setting[0])
                    .contains(SCRIPT);
        }
    }

    private static String scriptOf(String... properties) {
        TestServer.Builder builder = TestServer.builder().page("/*", html("<head></head>"));
        for (int i = 0; i < properties.length; i += 2) {
            builder.property(properties[i], properties[i + 1]);
        }
        try (TestServer server = builder.start()) {
            String page = server.get("/", BROWSER).body();
            String address = page.replaceAll("(?s).*src=\"([^\"]*)\".*", "$1");
            assertThat(server.get("/" + address).headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
            return page;
        }
    }

    @Test
    void disabledInjection_leavesPagesUntouched() {
        try (TestServer server = TestServer.builder()
                .property("webwatch.tracker.inject", "false")
                .page("/page", html(HTML))
                .start()) {
            assertThat(server.get("/page", BROWSER).body()).isEqualTo(HTML);
        }
    }

    @Test
    void pageWithDigest_isUntouched() {
        try (TestServer server = serving("/page", (request, response) -> {
            response.setHeader("Repr-Digest", "sha-256=:x:");
            html(HTML).answer(request, response);
        })) {
            assertThat(server.get("/page", BROWSER).body()).isEqualTo(HTML);
        }
    }

    @Test
    void pages_areCounted() {
        try (TestServer server = serving("/page", html(HTML))) {
            server.get("/page", BROWSER);
            server.get("/page", BROWSER);
            await().untilAsserted(() -> assertThat(server.get("/webwatch/api/status", TestServer.signedIn())
                            .body())
                    .contains("\"injected\":2"));
        }
    }

    @Test
    void writerAfterStream_isRefusedAsByTheContainer() {
        try (TestServer server = serving("/page", (HttpServletRequest request, HttpServletResponse response) -> {
            response.getOutputStream();
            try {
                response.getWriter();
            } catch (IllegalStateException e) {
                response.getOutputStream().print("refused");
            }
        })) {
            assertThat(server.get("/page", BROWSER).body()).isEqualTo("refused");
        }
    }
}

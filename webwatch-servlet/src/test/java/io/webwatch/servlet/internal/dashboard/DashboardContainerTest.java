package io.webwatch.servlet.internal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryResult.Column;
import io.webwatch.query.QueryResult.Kind;
import io.webwatch.runtime.TimeSource;
import io.webwatch.servlet.WebWatchFilter;
import io.webwatch.servlet.testing.Container;
import io.webwatch.servlet.testing.MemoryStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests queries and live streams in all supported containers. */
class DashboardContainerTest {
    private static final String QUERY = "/query?metrics=events&dimensions=path";
    private static final QueryResult LARGE = new QueryResult(
            List.of(new Column("path", Kind.DIMENSION, null)),
            Collections.nCopies(10_000, List.of("/a/rather/long/path/of/a/page/with/many/segments")),
            false,
            List.of());

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MemoryStore store = new MemoryStore();
    private WebWatch webWatch;
    private Endpoints servlet;
    private Container.Running running;

    private void start(Container container, MemoryStore.Answers answers, Duration timeout) throws Exception {
        store.answers(answers);
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.data-directory", folder.resolve("data").toString())
                .build();
        webWatch = WebWatch.builder().config(config).sink(store).start();
        servlet = new Endpoints(new QueryEndpoint(webWatch, TimeSource.SYSTEM, timeout), new LiveStreams(webWatch));
        running = container.start(folder, new WebWatchFilter(webWatch), "/*", servlet);
    }

    @AfterEach
    void stop() {
        servlet.streams.close();
        servlet.queries.close();
        running.close();
        webWatch.close();
    }

    @ParameterizedTest
    @EnumSource
    void largeResult_arrivesCompletely(Container container) throws Exception {
        start(container, query -> LARGE, Duration.ofSeconds(30));
        HttpResponse<String> response = get(QUERY);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSizeGreaterThan(400_000).endsWith("}");
        assertThat(get(QUERY + "&format=csv").body().lines()).hasSize(10_001);
    }

    @ParameterizedTest
    @EnumSource
    void slowQuery_isAnswered504AndInterrupted(Container container) throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        start(
                container,
                query -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    throw new QueryException(QueryException.Reason.TIMEOUT, "interrupted");
                },
                Duration.ofMillis(300));
        HttpResponse<String> response = get(QUERY);
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("\"code\":\"timeout\"");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void stream_sendsTheFiguresAndEndsWithBye(Container container) throws Exception {
        start(container, query -> LARGE, Duration.ofSeconds(30));
        HttpResponse<InputStream> response = client.send(request("/stream"), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        BufferedReader reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        assertThat(reader.readLine()).isEqualTo("event: live");
        servlet.streams.close();
        assertThat(reader.lines()).contains("event: bye");
        assertThat(get("/stream").statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @EnumSource
    void streamsOfClientsThatWentAway_makeRoom(Container container) throws Exception {
        start(container, query -> LARGE, Duration.ofSeconds(30));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port());
            socket.getOutputStream()
                    .write("GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            sockets.add(socket);
        }
        assertThat(get("/stream").body()).contains("\"code\":\"streams_full\"");
        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0); // close() resets the connection
            socket.close();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            webWatch.event("a change");
            HttpResponse<InputStream> response = client.send(request("/stream"), BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode() == 200;
        });
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
                .build();
    }

    /** The endpoints without access control. */
    private static final class Endpoints extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient QueryEndpoint queries;
        private final transient LiveStreams streams;

        Endpoints(QueryEndpoint queries, LiveStreams streams) {
            this.queries = queries;
            this.streams = streams;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/query")) {
                queries.handle(request, response);
            } else {
                streams.open(request, response);
            }
        }
    }
}

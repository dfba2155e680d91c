package io.webwatch.servlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.servlet.testing.Container;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests asynchronous answers in all supported containers. */
class AsyncAnswerContainerTest {
    private static final Filter PASS = (request, response, chain) -> chain.doFilter(request, response);
    private static final String SMALL = "a small body";
    private static final String LARGE = "a large body ".repeat(200_000);
    private static final Problem FALLBACK = new Problem(503, "late", "The time is up.");

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Answering servlet = new Answering();
    private Container.Running running;

    private void start(Container container) throws Exception {
        running = container.start(folder, PASS, "/later", servlet);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static Reply reply(String body) {
        return Document.json(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void smallReply_arrives(Container container) throws Exception {
        start(container);
        CompletableFuture<HttpResponse<String>> response = ask(30_000);
        servlet.next().send(reply(SMALL));
        assertComplete(response, 200, SMALL);
    }

    @ParameterizedTest
    @EnumSource
    void largeReply_arrives(Container container) throws Exception {
        start(container);
        for (int i = 0; i < 5; i++) {
            CompletableFuture<HttpResponse<String>> response = ask(30_000);
            servlet.next().send(reply(LARGE));
            assertComplete(response, 200, LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void missingReply_isReplacedByTheFallback(Container container) throws Exception {
        start(container);
        CompletableFuture<HttpResponse<String>> response = ask(200);
        CountDownLatch abandoned = new CountDownLatch(1);
        AsyncAnswer answer = servlet.next();
        answer.onAbandoned(abandoned::countDown);
        HttpResponse<String> given = response.get(30, TimeUnit.SECONDS);
        assertThat(given.statusCode()).isEqualTo(503);
        assertThat(given.body()).contains("\"code\":\"late\"");
        assertThat(abandoned.await(30, TimeUnit.SECONDS)).isTrue();

        answer.send(reply(SMALL)); // too late, and ignored
        CompletableFuture<HttpResponse<String>> next = ask(30_000);
        servlet.next().send(reply(SMALL));
        assertComplete(next, 200, SMALL);
    }

    @ParameterizedTest
    @EnumSource
    void replyDuringTheTimeout_isOneCompleteAnswer(Container container) throws Exception {
        start(container);
        for (int i = 0; i < 30; i++) {
            CompletableFuture<HttpResponse<String>> response = ask(30);
            AsyncAnswer answer = servlet.next();
            CompletableFuture.delayedExecutor(15 + i, TimeUnit.MILLISECONDS).execute(() -> answer.send(reply(SMALL)));
            HttpResponse<String> given = response.get(30, TimeUnit.SECONDS);
            assertThat(given.statusCode()).isIn(200, 503);
            if (given.statusCode() == 200) {
                assertThat(given.body()).isEqualTo(SMALL);
            } else {
                assertThat(given.body()).contains("\"code\":\"late\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatGoesAway_doesNotAffectOthers(Container container) throws Exception {
        start(container);
        List<AsyncAnswer> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
                socket.getOutputStream()
                        .write("GET /later?timeout=30000 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                answers.add(servlet.next());
                socket.setSoLinger(true, 0); // close() resets the connection
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).send(i % 3 == 0 ? Reply.PREPARED : reply(i % 3 == 1 ? SMALL : LARGE));
        }
        for (int i = 0; i < 20; i++) {
            CompletableFuture<HttpResponse<String>> response = ask(30_000);
            servlet.next().send(reply(SMALL));
            assertComplete(response, 200, SMALL);
        }
    }

    private static void assertComplete(CompletableFuture<HttpResponse<String>> response, int status, String body)
            throws Exception {
        HttpResponse<String> given = response.get(30, TimeUnit.SECONDS);
        assertThat(given.statusCode()).isEqualTo(status);
        assertThat(given.body()).isEqualTo(body);
    }

    private CompletableFuture<HttpResponse<String>> ask(long timeoutMillis) {
        URI address = URI.create("http://127.0.0.1:" + running.port() + "/later?timeout=" + timeoutMillis);
        return client.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    /** Starts an answer per request and leaves it to the test to send the reply. */
    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient BlockingQueue<AsyncAnswer> answers = new LinkedBlockingQueue<>();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Duration timeout = Duration.ofMillis(Long.parseLong(request.getParameter("timeout")));
            answers.add(AsyncAnswer.start(request, response, timeout, FALLBACK));
        }

        AsyncAnswer next() throws InterruptedException {
            AsyncAnswer answer = answers.poll(30, TimeUnit.SECONDS);
            assertThat(answer).as("the servlet was called").isNotNull();
            return answer;
        }
    }
}

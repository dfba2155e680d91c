package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.DropReason;
import io.webwatch.request.Acceptance;
import io.webwatch.servlet.WebWatchFilter;
import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.Container;
import io.webwatch.servlet.testing.MemoryStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests answers that wait for the disk in all supported containers. */
class DurableContainerTest {
    private static final long TIMEOUT_MILLIS = 400;
    private static final Acceptance TAKEN = new Acceptance(null, 1, Map.of(), null);
    private static final Acceptance REFUSED = new Acceptance(DropReason.JOURNAL_FULL, 0, Map.of(), "No room.");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final MemoryStore store = new MemoryStore();
    private final DecidedLater servlet = new DecidedLater();
    private WebWatch webWatch;
    private Container.Running running;

    private void start(Container container, String... properties) throws Exception {
        WebWatchConfig.Builder config = WebWatchConfig.builder()
                .set("webwatch.delivery", "durable")
                .set("webwatch.collector.rate-limit", "0")
                .set("webwatch.batch.linger", "5ms")
                .set("webwatch.data-directory", folder.resolve("data").toString());
        for (int i = 0; i < properties.length; i += 2) {
            config.set(properties[i], properties[i + 1]);
        }
        webWatch = WebWatch.builder().config(config.build()).sink(store).start();
        running = container.start(folder, new WebWatchFilter(webWatch), "/later", servlet);
    }

    @AfterEach
    void stop() {
        running.close();
        webWatch.close();
    }

    @ParameterizedTest
    @EnumSource
    void batches_areAnswered204WhenTheyAreOnDisk(Container container) throws Exception {
        start(container);
        assertThat(post(Batches.pageView()).statusCode()).isEqualTo(204);
        assertThat(webWatch.status().journal().bytes()).isGreaterThan(64);

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(client.sendAsync(request("/webwatch/events", Batches.pageView()), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> given = answer.get(30, TimeUnit.SECONDS);
            assertThat(given.statusCode()).isEqualTo(204);
            assertThat(given.body()).isEmpty();
        }
        await().until(() -> store.events().size() == 301);
        assertThat(webWatch.drops().snapshot()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void droppedEvents_areReportedInTheLateAnswer(Container container) throws Exception {
        start(container);
        HttpResponse<String> partly = post(Batches.of("{\"t\":\"page_view\",\"n\":0}", "{\"t\":\"click\",\"n\":1}"));
        assertThat(partly.statusCode()).isEqualTo(204);
        assertThat(partly.headers().firstValue("WebWatch-Dropped")).contains("invalid;n=1");
        assertThat(post("{").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void fullJournal_isAnswered503AndLosesNoAcknowledgedEvent(Container container) throws Exception {
        store.refuse(true);
        start(container, "webwatch.journal.max-size", "1MB");
        int taken = 0;
        HttpResponse<String> answer = post(Batches.pageView());
        while (answer.statusCode() == 204) {
            taken++;
            answer = post(Batches.of(clicks(100)));
        }
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"journal_full\"");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(webWatch.drops().count(DropReason.JOURNAL_FULL)).isPositive();

        int acknowledged = 1 + (taken - 1) * 100;
        store.refuse(false);
        await().atMost(Duration.ofSeconds(30)).until(() -> store.events().size() == acknowledged);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> post(Batches.pageView()).statusCode() == 204);
    }

    @ParameterizedTest
    @EnumSource
    void lateDecision_isTheAnswer(Container container) throws Exception {
        start(container);
        CompletableFuture<HttpResponse<String>> taken = later("30000");
        servlet.next().complete(TAKEN);
        assertThat(taken.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(204);

        CompletableFuture<HttpResponse<String>> refused = later("30000");
        servlet.next().complete(REFUSED);
        HttpResponse<String> answer = refused.get(30, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("journal_full").contains("No room.");
    }

    @ParameterizedTest
    @EnumSource
    void diskWithoutResponse_isAnswered503AfterTheTimeout(Container container) throws Exception {
        start(container);
        CompletableFuture<HttpResponse<String>> waiting = later(Long.toString(TIMEOUT_MILLIS));
        CompletableFuture<Acceptance> decision = servlet.next();
        HttpResponse<String> answer = waiting.get(30, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("journal_full").contains("send the same batch again");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");

        decision.complete(TAKEN); // too late, and ignored
        assertThat(post(Batches.pageView()).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    void decisionDuringTheTimeout_isOneAnswer(Container container) throws Exception {
        start(container);
        for (int i = 0; i < 20; i++) {
            CompletableFuture<HttpResponse<String>> waiting = later("30");
            CompletableFuture<Acceptance> decision = servlet.next();
            CompletableFuture.delayedExecutor(20 + i, TimeUnit.MILLISECONDS).execute(() -> decision.complete(TAKEN));
            assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isIn(204, 503);
        }
        assertThat(post(Batches.pageView()).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    void clientThatGoesAway_doesNotAffectOthers(Container container) throws Exception {
        start(container);
        List<CompletableFuture<Acceptance>> decisions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connect()) {
                send(socket, "/later?timeout=30000", "x");
                decisions.add(servlet.next());
                socket.setSoLinger(true, 0); // close() resets the connection
            }
        }
        for (int i = 0; i < decisions.size(); i++) {
            decisions.get(i).complete(i % 2 == 0 ? TAKEN : REFUSED);
        }
        int before = store.events().size();
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connect()) {
                send(socket, "/webwatch/events", Batches.pageView());
                socket.setSoLinger(true, 0);
            }
        }
        for (int i = 0; i < 50; i++) {
            assertThat(post(Batches.pageView()).statusCode()).isEqualTo(204);
        }
        assertThat(before).isZero();
        await().until(() -> store.events().size() >= 50);
        assertThat(webWatch.drops().count(DropReason.INTERNAL)).isZero();
        assertThat(webWatch.drops().count(DropReason.JOURNAL_FULL)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void closedWebWatch_answers503(Container container) throws Exception {
        start(container);
        assertThat(post(Batches.pageView()).statusCode()).isEqualTo(204);
        webWatch.close();
        HttpResponse<String> answer = post(Batches.pageView());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"closed\"");
    }

    private static String[] clicks(int count) {
        String[] events = new String[count];
        for (int n = 0; n < count; n++) {
            events[n] = "{\"t\":\"click\",\"n\":" + n + ",\"el\":\"#a\"}";
        }
        return events;
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(request("/webwatch/events", body), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> later(String timeoutMillis) {
        return client.sendAsync(request("/later?timeout=" + timeoutMillis, "x"), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), running.port());
    }

    private static void send(Socket socket, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain;charset=UTF-8\r\n"
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Answers like the collector, with the decisions of the test. */
    private static final class DecidedLater extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient BlockingQueue<CompletableFuture<Acceptance>> asked = new LinkedBlockingQueue<>();

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            CompletableFuture<Acceptance> decision = new CompletableFuture<>();
            Duration timeout = Duration.ofMillis(Long.parseLong(request.getParameter("timeout")));
            DurableAnswer.await(decision, request, response, timeout);
            asked.add(decision);
        }

        CompletableFuture<Acceptance> next() throws InterruptedException {
            CompletableFuture<Acceptance> decision = asked.poll(30, TimeUnit.SECONDS);
            assertThat(decision).as("the servlet was called").isNotNull();
            return decision;
        }
    }
}

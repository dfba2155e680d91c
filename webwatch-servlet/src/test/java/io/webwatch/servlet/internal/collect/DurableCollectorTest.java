package io.webwatch.servlet.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.event.DropReason;
import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DurableCollectorTest {
    @Test
    void batch_isAnswered204WhenItIsOnDisk() {
        try (TestServer server = TestServer.start("webwatch.delivery", "durable")) {
            HttpResponse<String> answer = server.post(Batches.pageView());

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(server.webWatch().status().journal().bytes()).isGreaterThan(64);
        }
    }

    @Test
    void concurrentBatches_areAllAnsweredAndDelivered() throws Exception {
        try (TestServer server =
                TestServer.start("webwatch.delivery", "durable", "webwatch.collector.rate-limit", "0")) {
            ExecutorService clients = Executors.newFixedThreadPool(16);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                String body = Batches.pageView();
                Callable<Integer> send = () -> server.post(body).statusCode();
                answers.add(clients.submit(send));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(204);
            }
            clients.shutdown();
            await().until(() -> server.store().events().size() == 600);
            assertThat(server.webWatch().drops().snapshot()).isEmpty();
        }
    }

    @Test
    void refusals_areTheSameAsInFastMode() {
        try (TestServer server = TestServer.start("webwatch.delivery", "durable")) {
            assertThat(server.post("{").statusCode()).isEqualTo(400);
            HttpResponse<String> partly =
                    server.post(Batches.of("{\"t\":\"page_view\",\"n\":0}", "{\"t\":\"click\",\"n\":1}"));
            assertThat(partly.statusCode()).isEqualTo(204);
            assertThat(partly.headers().firstValue("WebWatch-Dropped")).contains("invalid;n=1");
        }
    }

    @Test
    void missingJournal_isAnswered503AtOnce() throws Exception {
        Path file = Files.createTempFile("webwatch", "no-directory");
        try (TestServer server = TestServer.builder()
                .property("webwatch.delivery", "durable")
                .property("webwatch.data-directory", file.resolve("below").toString())
                .start()) {
            HttpResponse<String> answer = server.post(Batches.pageView());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"code\":\"journal_full\"");
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(server.webWatch().drops().count(DropReason.JOURNAL_FULL)).isEqualTo(1);
            assertThat(server.get("/webwatch/ww.js").statusCode()).isEqualTo(200);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void filterWithoutAsyncSupport_isReported() {
        try (TestServer server = TestServer.builder()
                .property("webwatch.delivery", "durable")
                .context(context -> context.findFilterDef("webwatch").setAsyncSupported("false"))
                .start()) {
            HttpResponse<String> answer = server.post(Batches.pageView());

            assertThat(answer.statusCode()).isEqualTo(501);
            assertThat(answer.body()).contains("async_unsupported");
            assertThat(server.webWatch().drops().count(DropReason.ASYNC_UNSUPPORTED))
                    .isEqualTo(1);
        }
    }

    @Test
    void closedWebWatch_answers503() {
        TestServer server = TestServer.start("webwatch.delivery", "durable");
        assertThat(server.post(Batches.pageView()).statusCode()).isEqualTo(204);
        server.webWatch().close();
        assertThat(server.post(Batches.pageView()).statusCode()).isEqualTo(503);
        server.close();
    }
}

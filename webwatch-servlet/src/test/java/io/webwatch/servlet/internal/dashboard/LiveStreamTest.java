package io.webwatch.servlet.internal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private static final String STREAM = "/webwatch/api/live/stream";

    /** Reads the lines of one event, which ends with an empty line. */
    private static List<String> event(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    @Test
    void stream_sendsTheFiguresAtOnceAndAfterEachChange() throws IOException {
        try (TestServer server = TestServer.start()) {
            HttpResponse<InputStream> response = server.stream(STREAM, TestServer.signedIn());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            BufferedReader reader = reader(response);
            assertThat(event(reader)).first().isEqualTo("event: live");
            server.post(Batches.pageView());
            List<String> changed = event(reader);
            while (!changed.get(1).contains("\"page_views\":1")) {
                changed = event(reader);
            }
            assertThat(changed).hasSize(2);
            assertThat(changed.get(1))
                    .startsWith("data: {\"time\":")
                    .contains(
                            "\"visitors_now\":1",
                            "\"events_per_second\":",
                            "\"totals\":{\"page_views\":1",
                            "\"page_views_per_minute\":[{\"time\":",
                            "\"top_pages\":[{\"path\":\"/shop\",\"visitors\":1,\"page_views\":1}]",
                            "\"recent\":[{\"id\":\"",
                            "\"type\":\"page_view\"",
                            "\"detail\":\"load\"",
                            "\"dropped\":[]");
        }
    }

    @Test
    void live_hasTheFieldsOfTheStream() {
        try (TestServer server = TestServer.start()) {
            HttpResponse<String> response = server.get("/webwatch/api/live", TestServer.signedIn());
            assertThat(response.body())
                    .startsWith("{\"time\":")
                    .contains("\"page_views_per_minute\":[", "\"recent\":[]");
        }
    }

    @Test
    void stream65_isRefusedUntilAnotherOneIsClosed() throws IOException {
        try (TestServer server = TestServer.start()) {
            List<InputStream> streams = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                HttpResponse<InputStream> response = server.stream(STREAM, TestServer.signedIn());
                assertThat(response.statusCode()).isEqualTo(200);
                streams.add(response.body());
            }
            HttpResponse<String> refused = server.get(STREAM, TestServer.signedIn());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"streams_full\"");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            streams.get(0).close();
            await().untilAsserted(() -> {
                server.post(Batches.pageView());
                HttpResponse<InputStream> response = server.stream(STREAM, TestServer.signedIn());
                response.body().close();
                assertThat(response.statusCode()).isEqualTo(200);
            });
        }
    }

    @Test
    void stop_sendsByeWithoutWaitingForClients() throws IOException {
        TestServer server = TestServer.start();
        BufferedReader reader = reader(server.stream(STREAM, TestServer.signedIn()));
        event(reader);
        long start = System.nanoTime();
        server.close();
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        List<String> all = new ArrayList<>();
        reader.lines().forEach(all::add);
        assertThat(all).contains("event: bye");
    }

    @Test
    void clientThatReadsNothing_doesNotDelayOthers() throws IOException {
        try (TestServer server = TestServer.start()) {
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                silent.setReceiveBufferSize(1024);
                silent.getOutputStream()
                        .write(("GET " + STREAM + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                                        + TestServer.basic("webwatch", TestServer.PASSWORD) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                BufferedReader reader = reader(server.stream(STREAM, TestServer.signedIn()));
                event(reader);
                server.post(Batches.pageView());
                List<String> changed = event(reader);
                while (!changed.get(1).contains("\"page_views\":1")) {
                    changed = event(reader);
                }
            }
        }
    }
}

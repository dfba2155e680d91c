package io.webwatch.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.event.DropReason;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryResult.Column;
import io.webwatch.query.QueryResult.Kind;
import io.webwatch.servlet.testing.Batches;
import io.webwatch.servlet.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps every key of the HTTP API in snake_case, and the explanations of drops those of {@link DropReason}. */
class ApiJsonTest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final QueryResult RESULT = new QueryResult(
            List.of(new Column("page_views", Kind.METRIC, "count")), List.of(List.of(12L)), false, List.of());

    private static TestServer server;

    /** Starts a server that has something to report in every part of its answers. */
    @BeforeAll
    static void start() {
        server = TestServer.builder().answers(query -> RESULT).start();
        server.store().metrics(Map.of("request_latency_ms", 1.5));
        server.post("not a batch");
        server.post(Batches.pageView());
        server.post(Batches.of(vital(0, "TTFB", 143.59999999962747), vital(1, "CLS", 0.1049)));
        await().until(() -> server.store().events().size() == 3);
        await().until(() -> live().contains("\"TTFB "));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String vital(int sequence, String name, double value) {
        return "{\"t\":\"web_vital\",\"n\":%d,\"nm\":\"%s\",\"va\":%s}".formatted(sequence, name, value);
    }

    private static String get(String path) {
        return server.get("/webwatch/api/" + path, TestServer.signedIn()).body();
    }

    private static String live() {
        return get("live");
    }

    /** Returns all keys, at every depth. */
    private static Set<String> keys(String json) throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    keys.add(parser.currentName());
                }
            }
        }
        return keys;
    }

    private static void assertSnakeCase(String json, String... including) throws IOException {
        assertThat(keys(json))
                .contains(including)
                .allSatisfy(key -> assertThat(key).matches("[a-z0-9]+(_[a-z0-9]+)*"));
    }

    @Test
    void status_hasKeysInSnakeCaseOnly() throws IOException {
        assertSnakeCase(
                get("status"), "used_bytes", "no_head", "request_latency_ms", "explanation", "dead_letter_bytes");
    }

    @Test
    void live_hasKeysInSnakeCaseOnly() throws IOException {
        assertSnakeCase(live(), "visitors_now", "engaged_ms", "page_views", "browser", "explanation");
    }

    @Test
    void stream_hasKeysInSnakeCaseOnly() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                server.stream("/webwatch/api/live/stream", TestServer.signedIn())
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).isEqualTo("event: live");
            assertSnakeCase(reader.readLine().substring("data: ".length()), "visitors_now", "browser", "explanation");
        }
    }

    @Test
    void query_hasKeysInSnakeCaseOnly() throws IOException {
        assertSnakeCase(get("query?metrics=page_views"), "unit", "time_zone", "elapsed_ms");
    }

    @Test
    void problem_hasKeysInSnakeCaseOnly() throws IOException {
        assertSnakeCase(get("query?metrics=nothing"), "code", "detail");
    }

    @Test
    void drops_areExplainedByTheirReasons() {
        DropReason reason = DropReason.MALFORMED;
        String drop = "{\"reason\":\"malformed\",\"count\":1,\"kind\":\"refused\",\"explanation\":\""
                + reason.explanation() + "\"}";

        assertThat(get("status")).contains(drop);
        assertThat(live()).contains(drop);
    }

    @Test
    void webVitals_areRoundedAsTheyAreQuoted() {
        assertThat(live()).contains("\"TTFB 144 ms, good\"", "\"CLS 0.105, needs improvement\"");
    }
}

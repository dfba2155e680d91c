package io.webwatch.servlet.internal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryResult.Column;
import io.webwatch.query.QueryResult.Kind;
import io.webwatch.servlet.testing.MemoryStore;
import io.webwatch.servlet.testing.TestServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryEndpointTest {
    private static final QueryResult RESULT = new QueryResult(
            List.of(
                    new Column("time", Kind.TIME, null),
                    new Column("path", Kind.DIMENSION, null),
                    new Column("page_views", Kind.METRIC, "count"),
                    new Column("bounce_rate", Kind.METRIC, "ratio")),
            List.of(
                    Arrays.asList(Instant.parse("2026-01-01T00:00:00Z"), "=cmd(\"a\",b)", 12L, 0.5),
                    Arrays.asList(Instant.parse("2026-01-02T00:00:00Z"), null, -3L, null),
                    Arrays.asList(Instant.parse("2026-01-03T00:00:00Z"), "two\r\nlines", 0L, Double.NaN)),
            true,
            List.of("visitors of each day added up"));

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.builder().answers(query -> RESULT).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String parameters) {
        return server.get("/webwatch/api/query?" + parameters, TestServer.signedIn());
    }

    private void serve(MemoryStore.Answers answers) {
        server.store().answers(answers);
    }

    @Test
    void query_reachesTheStoreAsRequested() {
        AtomicReference<Query> asked = new AtomicReference<>();
        serve(query -> {
            asked.set(query);
            return RESULT;
        });
        HttpResponse<String> response = ask(
                "metrics=page_views,bounce_rate&dimensions=path&filter=path:starts:/a%7C/b&filter=country:not:"
                        + "&interval=day&from=2026-01-01&to=2026-01-03T12:00&tz=Europe/Berlin&limit=5&order=page_views");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(asked.get())
                .isEqualTo(new Query(
                        List.of(Metric.PAGE_VIEWS, Metric.BOUNCE_RATE),
                        List.of(Dimension.PATH),
                        List.of(
                                new Filter(Dimension.PATH, Filter.Operator.STARTS, List.of("/a", "/b")),
                                new Filter(Dimension.COUNTRY, Filter.Operator.NOT, List.of(""))),
                        Interval.DAY,
                        Instant.parse("2025-12-31T23:00:00Z"),
                        Instant.parse("2026-01-03T11:00:00Z"),
                        ZoneId.of("Europe/Berlin"),
                        5,
                        Metric.PAGE_VIEWS));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .contains(
                        "{\"name\":\"time\",\"kind\":\"time\"}",
                        "{\"name\":\"page_views\",\"kind\":\"metric\",\"unit\":\"count\"}",
                        "[\"2026-01-01T00:00:00Z\",\"=cmd(\\\"a\\\",b)\",12,0.5]",
                        "[\"2026-01-02T00:00:00Z\",null,-3,null]",
                        "0,null]",
                        "\"from\":\"2025-12-31T23:00:00Z\"",
                        "\"time_zone\":\"Europe/Berlin\"",
                        "\"truncated\":true",
                        "\"notes\":[\"visitors of each day added up\"]",
                        "\"elapsed_ms\":");
    }

    @Test
    void csv_isAnAttachmentWithoutFormulas() {
        serve(query -> RESULT);
        HttpResponse<String> response = ask("metrics=page_views&format=csv&from=2026-01-01&to=2026-02-01");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"webwatch-2026-01-01-2026-01-31.csv\"");
        assertThat(response.body())
                .isEqualTo("time,path,page_views,bounce_rate\r\n"
                        + "2026-01-01T00:00:00Z,\"'=cmd(\"\"a\"\",b)\",12,0.5\r\n"
                        + "2026-01-02T00:00:00Z,,-3,\r\n"
                        + "2026-01-03T00:00:00Z,\"two\r\nlines\",0,NaN\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dimensions=path;metrics",
                "metrics=;metrics",
                "metrics=nonsense;metrics",
                "metrics=events,events;metrics",
                "metrics=events&metrics=visitors;metrics",
                "metrics=events&dimensions=visitor;dimensions",
                "metrics=events&filter=path;filter",
                "metrics=events&filter=shoe:is:1;filter",
                "metrics=events&filter=path:like:1;filter",
                "metrics=events&interval=year;interval",
                "metrics=events&interval=minute&from=2020-01-01&to=2026-01-01;interval",
                "metrics=events&from=yesterday;from",
                "metrics=events&from=2026-02-30;from",
                "metrics=events&from=2026-02-02&to=2026-02-01;from",
                "metrics=events&from=2026-02-02&to=2026-02-02;from",
                "metrics=events&from=-999999999-01-01;from",
                "metrics=events&to=%00;to",
                "metrics=events&tz=Mars/Olympus;tz",
                "metrics=events&limit=0;limit",
                "metrics=events&limit=10001;limit",
                "metrics=events&limit=99999999999;limit",
                "metrics=events&limit=ten;limit",
                "metrics=events&order=visitors;order",
                "metrics=events&order=time;order",
                "metrics=events&format=xml;format",
                "metrics=events&limits=5;limits"
            })
    void wrongParameter_isNamed(String parameters, String name) {
        serve(query -> RESULT);
        HttpResponse<String> response = ask(parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"query\"", "\"detail\":\"" + name + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00.5Z",
                "from=2026-01-01T00:00:00%2B02:00&to=2026-01-02",
                "from=2026-01-01T00:00:00+02:00",
                "from=2026-01-01T00:00&to=2026-01-02T00:00:00",
                "tz=%2B05:30&interval=week&order=time",
                ""
            })
    void validParameters_areAccepted(String parameters) {
        serve(query -> RESULT);
        assertThat(ask("metrics=events&" + parameters).statusCode()).isEqualTo(200);
    }

    @Test
    void missingStore_isAnsweredWithAHint() {
        try (TestServer without = TestServer.start()) {
            HttpResponse<String> response = without.get("/webwatch/api/query?metrics=events", TestServer.signedIn());
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("\"code\":\"no_store\"", "webwatch-duckdb");
        }
    }

    @ParameterizedTest
    @CsvSource({"UNSUPPORTED,501,unsupported", "UNAVAILABLE,503,store_unavailable", "TIMEOUT,504,timeout"})
    void failureReportedByTheStore_isAnswered(QueryException.Reason reason, int status, String code) {
        serve(query -> {
            throw new QueryException(reason, "because");
        });
        HttpResponse<String> response = ask("metrics=events");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", "\"detail\":\"because\"");
    }

    @Test
    void defectOfTheStore_isAnswered503WithoutDetails() {
        serve(query -> {
            throw new IllegalStateException("a defect with a secret");
        });
        HttpResponse<String> response = ask("metrics=events");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"store_unavailable\"").doesNotContain("secret");
    }

    @Test
    void errorOfTheStore_isAnswered503AndCounted() {
        serve(query -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(ask("metrics=events").statusCode()).isEqualTo(503);
        assertThat(server.get("/webwatch/api/status", TestServer.signedIn()).body())
                .contains("The thread webwatch-query failed 1 time since start: java.lang.OutOfMemoryError");
        serve(query -> RESULT);
        assertThat(ask("metrics=events").statusCode()).isEqualTo(200);
    }

    @Test
    void tooManyQueries_areRefusedAtOnce() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(2);
        serve(query -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new QueryException(QueryException.Reason.TIMEOUT, "interrupted", e);
            }
            return RESULT;
        });
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 34; i++) {
            Thread client = new Thread(() -> ask("metrics=events"));
            client.start();
            clients.add(client);
        }
        running.await();
        await().untilAsserted(() -> {
            HttpResponse<String> response = server.get("/webwatch/api/status", TestServer.signedIn());
            assertThat(response.statusCode()).isEqualTo(200);
        });
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("webwatch-query-"))
                        .count())
                .isLessThanOrEqualTo(2));
        HttpResponse<String> refused = askUntilRefused();
        assertThat(refused.body()).contains("\"code\":\"busy\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        release.countDown();
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Asks until a query is refused, because the 34 queries of the other threads may still be arriving. */
    private HttpResponse<String> askUntilRefused() {
        AtomicReference<HttpResponse<String>> refused = new AtomicReference<>();
        await().until(() -> {
            Thread probe = new Thread(() -> {
                HttpResponse<String> response = ask("metrics=events");
                if (response.statusCode() == 503) {
                    refused.compareAndSet(null, response);
                }
            });
            probe.setDaemon(true);
            probe.start();
            probe.join(200);
            return refused.get() != null;
        });
        return refused.get();
    }
}

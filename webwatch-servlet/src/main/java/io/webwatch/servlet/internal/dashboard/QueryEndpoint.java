package io.webwatch.servlet.internal.dashboard;

import io.webwatch.WebWatch;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryStore;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.TimeSource;
import io.webwatch.servlet.internal.http.AsyncAnswer;
import io.webwatch.servlet.internal.http.Document;
import io.webwatch.servlet.internal.http.FailureLog;
import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET api/query}. Queries run on two threads with a short queue, so the dashboard never occupies the
 * application's request threads. Thread-safe.
 */
public final class QueryEndpoint {
    private static final String THREAD = "webwatch-query";
    private static final int THREADS = 2;
    private static final int QUEUE = 32;
    private static final int RETRY_SECONDS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Problem TIMED_OUT =
            new Problem(504, "timeout", "The store took longer than " + TIMEOUT.toSeconds() + " s.");
    private static final Problem BUSY =
            new Problem(503, "busy", "Too many queries are waiting; retry shortly.", RETRY_SECONDS);

    private final WebWatch webWatch;
    private final TimeSource time;
    private final Duration timeout;
    private final ThreadPoolExecutor executor;
    private final Consumer<Throwable> threadFailures;
    private final FailureLog failures = new FailureLog(LoggerFactory.getLogger(QueryEndpoint.class));

    /** Creates the endpoint of a running WebWatch. */
    public QueryEndpoint(WebWatch webWatch) {
        this(webWatch, TimeSource.SYSTEM, TIMEOUT);
    }

    QueryEndpoint(WebWatch webWatch, TimeSource time, Duration timeout) {
        this.webWatch = webWatch;
        this.time = time;
        this.timeout = timeout;
        this.threadFailures = webWatch.threadFailures(THREAD, "The query was answered with 503.");
        this.executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                DaemonThreads.numbered(THREAD));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Answers a request.
     *
     * @throws IOException if the client has disconnected
     */
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        QueryParameters parameters;
        try {
            parameters = QueryParameters.parse(request.getParameterMap(), time.instant());
        } catch (IllegalArgumentException e) {
            new Problem(400, "query", String.valueOf(e.getMessage())).send(response);
            return;
        }
        QueryStore store = webWatch.store().orElse(null);
        if (store == null) {
            String hint = webWatch.status().hint();
            new Problem(404, "no_store", hint == null ? "There is no history store." : hint).send(response);
        } else if (request.isAsyncSupported()) {
            answerLater(request, response, parameters, store);
        } else {
            answerNow(response, parameters, store);
        }
    }

    private void answerLater(
            HttpServletRequest request, HttpServletResponse response, QueryParameters parameters, QueryStore store) {
        AsyncAnswer answer = AsyncAnswer.start(request, response, timeout, TIMED_OUT);
        try {
            Future<?> task = executor.submit(() -> answer.send(run(parameters, store)));
            answer.onAbandoned(() -> task.cancel(true));
        } catch (RejectedExecutionException e) {
            answer.send(BUSY);
        }
    }

    /** Waits for the result where a filter ahead of the dashboard does not support asynchronous requests. */
    private void answerNow(HttpServletResponse response, QueryParameters parameters, QueryStore store)
            throws IOException {
        Reply reply;
        Future<Reply> task = null;
        try {
            task = executor.submit(() -> run(parameters, store));
            reply = task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | ExecutionException e) {
            reply = BUSY;
        } catch (TimeoutException e) {
            reply = TIMED_OUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reply = BUSY;
        }
        if (task != null) {
            task.cancel(true);
        }
        reply.send(response);
    }

    private Reply run(QueryParameters parameters, QueryStore store) {
        Query query = parameters.query();
        long start = time.nanoTime();
        try {
            QueryResult result = store.query(query);
            long millis = TimeUnit.NANOSECONDS.toMillis(time.nanoTime() - start);
            return parameters.csv()
                    ? new Document("text/csv;charset=utf-8", QueryCsv.fileName(query), QueryCsv.bytes(result))
                    : Document.json(QueryJson.bytes(query, result, millis));
        } catch (QueryException e) {
            return problem(e);
        } catch (Exception | Error e) { // such as an OutOfMemoryError for a large result
            if (e instanceof Error) {
                threadFailures.accept(e);
            }
            failures.failed("answer a query", e);
            return unavailable("The store failed to answer the query; see the application's log.");
        }
    }

    private static Problem problem(QueryException failure) {
        String detail = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case UNSUPPORTED -> new Problem(501, "unsupported", detail);
            case UNAVAILABLE -> unavailable(detail);
            case TIMEOUT -> new Problem(504, "timeout", detail);
        };
    }

    private static Problem unavailable(String detail) {
        return new Problem(503, "store_unavailable", detail, RETRY_SECONDS);
    }

    /** Interrupts running queries and drops waiting ones. Their clients get the time-out reply. */
    public void close() {
        executor.shutdownNow();
    }
}

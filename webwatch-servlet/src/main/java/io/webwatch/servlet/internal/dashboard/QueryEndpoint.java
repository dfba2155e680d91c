package io.webwatch.servlet.internal.dashboard;

import io.webwatch.WebWatch;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryStore;
import io.webwatch.servlet.internal.http.AsyncAnswer;
import io.webwatch.servlet.internal.http.FailureLog;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET api/query}. Questions run on two threads of their own with a short queue, so that the dashboard can never
 * take the application's request threads. Thread-safe.
 */
public final class QueryEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(QueryEndpoint.class);
    private static final int THREADS = 2;
    private static final int QUEUE = 32;
    private static final long TIMEOUT_MILLIS = 30_000;
    private static final Problem TIMED_OUT =
            new Problem(504, "timeout", "The store took longer than " + TIMEOUT_MILLIS / 1_000 + " s.");

    private final WebWatch webWatch;
    private final ThreadPoolExecutor executor;
    private final FailureLog failures = new FailureLog(LOG);

    public QueryEndpoint(WebWatch webWatch) {
        this.webWatch = webWatch;
        AtomicInteger number = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "webwatch-query-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** An answer that is ready to be sent. */
    private record Answer(
            @Nullable Problem problem,
            String contentType,
            @Nullable String attachment,
            byte[] body) {
        static Answer of(Problem problem) {
            return new Answer(problem, Problem.MEDIA_TYPE, null, new byte[0]);
        }

        /** Sets status and headers; the body is handed back. */
        byte[] head(HttpServletResponse response) throws IOException {
            if (problem != null) {
                if (problem.status() == 503) {
                    response.setHeader("Retry-After", "5");
                }
                return problem.head(response);
            }
            response.setContentType(contentType);
            response.setHeader("Cache-Control", "no-store");
            if (attachment != null) {
                response.setHeader("Content-Disposition", "attachment; filename=\"" + attachment + '"');
            }
            response.setContentLength(body.length);
            return body;
        }
    }

    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        QueryParameters parameters;
        try {
            parameters = QueryParameters.parse(request.getParameterMap(), Instant.now());
        } catch (IllegalArgumentException e) {
            new Problem(400, "query", String.valueOf(e.getMessage())).send(response);
            return;
        }
        QueryStore store = webWatch.store().orElse(null);
        if (store == null) {
            String hint = webWatch.status().hint();
            new Problem(404, "no_store", hint == null ? "There is no store of history." : hint).send(response);
        } else if (request.isAsyncSupported()) {
            later(request, response, parameters, store);
        } else {
            now(response, parameters, store);
        }
    }

    private void later(
            HttpServletRequest request, HttpServletResponse response, QueryParameters parameters, QueryStore store) {
        AsyncContext context = request.startAsync(request, response);
        Pending pending = new Pending(context, response);
        context.setTimeout(TIMEOUT_MILLIS);
        context.addListener(pending);
        try {
            pending.task = executor.submit(() -> pending.answer(answered(parameters, store)));
        } catch (RejectedExecutionException e) {
            pending.answer(busy());
        }
    }

    /** Where a filter before this one does not support asynchronous requests. */
    private void now(HttpServletResponse response, QueryParameters parameters, QueryStore store) throws IOException {
        Answer answer;
        Future<Answer> task = null;
        try {
            task = executor.submit(() -> answered(parameters, store));
            answer = task.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | ExecutionException e) {
            answer = busy();
        } catch (TimeoutException e) {
            answer = Answer.of(TIMED_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer = busy();
        }
        if (task != null) {
            task.cancel(true);
        }
        response.getOutputStream().write(answer.head(response));
    }

    private static Answer busy() {
        return Answer.of(new Problem(503, "busy", "Too many queries wait already; ask again shortly."));
    }

    private Answer answered(QueryParameters parameters, QueryStore store) {
        Query query = parameters.query();
        long start = System.nanoTime();
        try {
            QueryResult result = store.query(query);
            long millis = (System.nanoTime() - start) / 1_000_000;
            return parameters.csv()
                    ? new Answer(null, "text/csv;charset=utf-8", QueryCsv.fileName(query), QueryCsv.bytes(result))
                    : new Answer(null, "application/json", null, QueryJson.bytes(query, result, millis));
        } catch (QueryException e) {
            String detail = String.valueOf(e.getMessage());
            return Answer.of(
                    switch (e.reason()) {
                        case UNSUPPORTED -> new Problem(501, "unsupported", detail);
                        case UNAVAILABLE -> new Problem(503, "store_unavailable", detail);
                        case TIMEOUT -> new Problem(504, "timeout", detail);
                    });
        } catch (IOException | RuntimeException | LinkageError e) {
            failures.failed("answer a query", e);
            return Answer.of(new Problem(503, "store_unavailable", "The store failed; the log says why."));
        }
    }

    /** Waits no longer for questions that run; their clients are answered by the container's end. */
    public void close() {
        executor.shutdownNow();
    }

    /** A question under way; answered once, by its result or by its time-out. */
    private final class Pending implements AsyncListener {
        private final AsyncContext context;
        private final HttpServletResponse response;
        private final AtomicBoolean answered = new AtomicBoolean();
        private volatile @Nullable Future<?> task;

        Pending(AsyncContext context, HttpServletResponse response) {
            this.context = context;
            this.response = response;
        }

        void answer(Answer answer) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            try {
                AsyncAnswer.send(context, answer.head(response));
            } catch (IOException | RuntimeException e) {
                LOG.debug("The client went away before its answer", e);
                end();
            }
        }

        private void end() {
            try {
                context.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The container has ended the request by itself", e);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            Future<?> running = task;
            if (running != null) {
                running.cancel(true);
            }
            if (answered.compareAndSet(false, true)) {
                response.getOutputStream().write(TIMED_OUT.head(response));
            }
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            Future<?> running = task;
            if (running != null) {
                running.cancel(true);
            }
            answered.set(true);
            end();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            answered.set(true);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // never started twice
        }
    }
}

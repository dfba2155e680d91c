package io.webwatch.servlet.internal.dashboard;

import io.webwatch.WebWatch;
import io.webwatch.json.Json;
import io.webwatch.live.LiveSnapshot;
import io.webwatch.live.LiveView;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.TimeSource;
import io.webwatch.servlet.internal.http.AsyncAnswer;
import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET api/live/stream} with the live figures as server-sent events. One thread serves all streams
 * twice per second and never waits for a client. Thread-safe.
 */
public final class LiveStreams {
    private static final String THREAD = "webwatch-live-streams";
    private static final int MAX_STREAMS = 64;
    /** Together with a second of delay in tracker and batcher, an action of a visitor is visible within two seconds. */
    private static final long PERIOD_MILLIS = 500;

    private static final int RETRY_SECONDS = 10;
    private static final Problem ASYNC_UNSUPPORTED = new Problem(
            501, "async_unsupported", "A filter ahead of the dashboard does not support asynchronous requests.");
    private static final Problem CLOSED =
            new Problem(503, "closed", "The application is shutting down.", RETRY_SECONDS);
    private static final Problem STREAMS_FULL =
            new Problem(503, "streams_full", "The maximum of " + MAX_STREAMS + " live streams is open.", RETRY_SECONDS);

    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYE = "event: bye\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final LiveView live;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Consumer<Throwable> failures;
    private @Nullable ScheduledThreadPoolExecutor scheduler;

    /** Creates the endpoint of a running WebWatch. */
    public LiveStreams(WebWatch webWatch) {
        this.live = webWatch.live();
        this.failures = webWatch.threadFailures(
                THREAD, "The live streams of the dashboard are updated again " + PERIOD_MILLIS + " ms later.");
    }

    /**
     * Opens a stream.
     *
     * @throws IOException if the client has disconnected
     */
    public void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.isAsyncSupported()) {
            ASYNC_UNSUPPORTED.send(response);
            return;
        }
        if (request.getMethod().equals("HEAD")) {
            headers(response);
            return;
        }
        LiveStream stream = added(request, response);
        if (stream == null) {
            (closed.get() ? CLOSED : STREAMS_FULL).send(response);
            return;
        }
        LiveSnapshot now = live.snapshot();
        stream.begin(key(now), message(now));
    }

    private static void headers(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx and its relatives would buffer events otherwise
    }

    private synchronized @Nullable LiveStream added(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (closed.get() || streams.size() >= MAX_STREAMS) {
            return null;
        }
        headers(response);
        AsyncAnswer answer = AsyncAnswer.start(request, response, Duration.ZERO, Reply.PREPARED);
        LiveStream stream = new LiveStream(answer, response.getOutputStream(), TimeSource.SYSTEM, streams::remove);
        streams.add(stream);
        if (scheduler == null) {
            scheduler = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(THREAD));
            scheduler.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        return stream;
    }

    /** Sends the present figures to all streams. */
    void tick() {
        if (streams.isEmpty()) {
            return;
        }
        try {
            LiveSnapshot now = live.snapshot();
            LiveSnapshot key = key(now);
            byte[] message = message(now);
            for (LiveStream stream : streams) {
                stream.tick(key, message, HEARTBEAT);
            }
        } catch (RuntimeException | Error e) { // thrown, it would end the updates for good
            failures.accept(e);
        }
    }

    /** Returns the snapshot without its time and version, which do not justify a message by themselves. */
    private static LiveSnapshot key(LiveSnapshot live) {
        return new LiveSnapshot(
                0,
                0,
                live.visitorsNow(),
                live.eventsPerSecond(),
                live.totals(),
                live.minutes(),
                live.topPages(),
                live.recent(),
                live.dropped());
    }

    private static byte[] message(LiveSnapshot live) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        out.writeBytes("event: live\ndata: ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(Json.bytes(json -> LiveJson.write(live, json)));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** Ends all streams without waiting for any client, and refuses new ones. Idempotent. */
    public synchronized void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        for (LiveStream stream : List.copyOf(streams)) {
            stream.end(BYE);
        }
    }
}

package io.webwatch.servlet.internal.dashboard;

import io.webwatch.json.Json;
import io.webwatch.live.LiveSnapshot;
import io.webwatch.live.LiveView;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET api/live/stream}: the live snapshot as server-sent events. One thread serves all streams, twice a second, and
 * never waits for one of them: what a client has not taken yet is replaced by what is newer, and a client that takes
 * nothing for a while is dropped. Thread-safe.
 */
public final class LiveStreams {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final int MAX_STREAMS = 64;
    /** With a second of the tracker's and the batch's linger before it, what a visitor does is seen within two seconds. */
    private static final long PERIOD_MILLIS = 500;

    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYE = "event: bye\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final LiveView live;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable ScheduledThreadPoolExecutor scheduler;

    public LiveStreams(LiveView live) {
        this.live = live;
    }

    public void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.isAsyncSupported()) {
            new Problem(501, "async_unsupported", "A filter before WebWatch does not support asynchronous requests.")
                    .send(response);
            return;
        }
        if (request.getMethod().equals("HEAD")) {
            headers(response);
            return;
        }
        LiveStream stream = added(request, response);
        if (stream == null) {
            String detail = closed.get() ? "The application stops." : MAX_STREAMS + " streams are open already.";
            new Problem(503, closed.get() ? "closed" : "streams_full", detail).send(response, 10);
            return;
        }
        LiveSnapshot now = live.snapshot();
        stream.begin(key(now), message(now));
    }

    private static void headers(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies of the nginx family would hold events back
    }

    private synchronized @Nullable LiveStream added(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (closed.get() || streams.size() >= MAX_STREAMS) {
            return null;
        }
        headers(response);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        LiveStream stream = new LiveStream(context, response.getOutputStream(), streams::remove);
        streams.add(stream);
        if (scheduler == null) {
            scheduler = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "webwatch-live-streams");
                thread.setDaemon(true);
                return thread;
            });
            scheduler.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        return stream;
    }

    private void tick() {
        if (streams.isEmpty()) {
            return;
        }
        try {
            LiveSnapshot now = live.snapshot();
            LiveSnapshot key = key(now);
            byte[] message = message(now);
            long nanos = System.nanoTime();
            for (LiveStream stream : streams) {
                stream.tick(key, message, HEARTBEAT, nanos);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("A round of live streams failed; the next one follows.", e);
        }
    }

    /** What must differ for a client to be told: not the time alone. */
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

    private static byte[] message(LiveSnapshot live) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        out.writeBytes("event: live\ndata: ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(Json.bytes(json -> LiveJson.write(live, json)));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** Ends all streams without waiting for any client. */
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

    int size() {
        return streams.size();
    }
}

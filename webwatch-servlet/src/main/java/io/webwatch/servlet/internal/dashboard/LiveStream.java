package io.webwatch.servlet.internal.dashboard;

import io.webwatch.live.LiveSnapshot;
import io.webwatch.runtime.TimeSource;
import io.webwatch.servlet.internal.http.AsyncAnswer;
import io.webwatch.servlet.internal.http.Reply;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live stream of one client. Writing to it never blocks: a message that the client has not taken yet is replaced
 * by the next one, and a client that takes nothing for 20 s is disconnected. Thread-safe.
 */
final class LiveStream implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final AsyncAnswer answer;
    private final ServletOutputStream out;
    private final TimeSource time;
    private final Consumer<LiveStream> onEnd;
    private @Nullable LiveSnapshot sent;
    private byte @Nullable [] waiting;
    private boolean unflushed;
    private boolean done;
    private long waitingSinceNanos;
    private long writtenNanos;

    /**
     * Creates a stream that has not begun.
     *
     * @param answer ended when the stream ends
     * @param onEnd called when the stream ends, possibly more than once
     */
    LiveStream(AsyncAnswer answer, ServletOutputStream out, TimeSource time, Consumer<LiveStream> onEnd) {
        this.answer = answer;
        this.out = out;
        this.time = time;
        this.onEnd = onEnd;
        this.writtenNanos = time.nanoTime();
    }

    /**
     * Sends the first message.
     *
     * @param key identifies the content of the message
     */
    synchronized void begin(LiveSnapshot key, byte[] message) {
        sent = key;
        put(message);
        answer.onAbandoned(this::abandoned);
        out.setWriteListener(this);
    }

    /** Sends the message if its content is new to the client, or a heartbeat if nothing was sent for a while. */
    synchronized void tick(LiveSnapshot key, byte[] message, byte[] heartbeat) {
        if (done) {
            return;
        }
        long now = time.nanoTime();
        if (waiting != null && now - waitingSinceNanos > PATIENCE_NANOS) {
            end();
            return;
        }
        if (!key.equals(sent)) {
            sent = key;
            put(message);
        } else if (waiting == null && now - writtenNanos > HEARTBEAT_NANOS) {
            put(heartbeat);
        }
        drain();
    }

    private void put(byte[] message) {
        if (waiting == null) {
            waitingSinceNanos = time.nanoTime();
        }
        waiting = message;
    }

    private void drain() {
        try {
            while (!done && (waiting != null || unflushed) && out.isReady()) {
                byte[] next = waiting;
                if (unflushed || next == null) {
                    unflushed = false;
                    out.flush();
                } else {
                    waiting = null;
                    unflushed = true;
                    writtenNanos = time.nanoTime();
                    out.write(next);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The client of a live stream disconnected.", e);
            end();
        } catch (Error e) {
            end(); // its content is unknown now; the browser opens another one
            throw e;
        }
    }

    /** Ends the stream, with a last message if the client can take it at once. */
    synchronized void end(byte[] lastMessage) {
        if (done) {
            return;
        }
        try {
            if (waiting == null && out.isReady()) {
                out.write(lastMessage);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The client of a live stream disconnected.", e);
        }
        end();
    }

    private void end() {
        done = true;
        onEnd.accept(this);
        answer.send(Reply.PREPARED);
    }

    private synchronized void abandoned() {
        done = true;
        onEnd.accept(this);
    }

    @Override
    public synchronized void onWritePossible() {
        drain();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        if (!done) {
            end();
        }
    }
}

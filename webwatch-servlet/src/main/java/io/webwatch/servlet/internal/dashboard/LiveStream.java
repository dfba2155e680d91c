package io.webwatch.servlet.internal.dashboard;

import io.webwatch.live.LiveSnapshot;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client of the live stream, written to without blocking. Thread-safe. */
final class LiveStream implements WriteListener, AsyncListener {
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Consumer<LiveStream> onEnd;
    private @Nullable LiveSnapshot told;
    private byte @Nullable [] waiting;
    private boolean unflushed;
    private boolean done;
    private long waitingSinceNanos;
    private long writtenNanos = System.nanoTime();

    LiveStream(AsyncContext context, ServletOutputStream out, Consumer<LiveStream> onEnd) {
        this.context = context;
        this.out = out;
        this.onEnd = onEnd;
        context.addListener(this);
    }

    synchronized void begin(LiveSnapshot key, byte[] message) {
        told = key;
        put(message, System.nanoTime());
        out.setWriteListener(this);
    }

    synchronized void tick(LiveSnapshot key, byte[] message, byte[] heartbeat, long nanos) {
        if (done) {
            return;
        }
        if (waiting != null && nanos - waitingSinceNanos > PATIENCE_NANOS) {
            complete();
            return;
        }
        if (!key.equals(told)) {
            told = key;
            put(message, nanos);
        } else if (waiting == null && nanos - writtenNanos > HEARTBEAT_NANOS) {
            put(heartbeat, nanos);
        }
        drain();
    }

    private void put(byte[] message, long nanos) {
        if (waiting == null) {
            waitingSinceNanos = nanos;
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
                    writtenNanos = System.nanoTime();
                    out.write(next);
                }
            }
        } catch (IOException | RuntimeException e) {
            complete(); // gone
        }
    }

    /** Says good-bye if that needs no waiting, and ends. */
    synchronized void end(byte[] bye) {
        if (done) {
            return;
        }
        try {
            if (waiting == null && out.isReady()) {
                out.write(bye);
            }
        } catch (IOException | RuntimeException e) {
            // gone already
        }
        complete();
    }

    private void complete() {
        done = true;
        onEnd.accept(this);
        try {
            context.complete();
        } catch (RuntimeException e) {
            // the container has ended it by itself
        }
    }

    @Override
    public synchronized void onWritePossible() {
        drain();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        if (!done) {
            complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        completeByContainer();
    }

    @Override
    public void onError(AsyncEvent event) {
        completeByContainer();
    }

    /**
     * Completes even when it was tried before: a write that failed on the ticking thread leaves the container with an
     * error to deal with, and unless a listener completes, it dispatches to the application's error page.
     */
    private synchronized void completeByContainer() {
        complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // never started twice
    }

    private synchronized void ended() {
        done = true;
        onEnd.accept(this);
    }
}

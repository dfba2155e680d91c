package io.webwatch.servlet.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is given after the request's thread has returned to the container. All asynchronous endpoints use it.
 * Thread-safe.
 *
 * <p>The reply, the time-out and an error can occur at the same moment. The first of them decides the reply, which is
 * written once. Completing the request is harder, because after a time-out or an error a container such as Jetty
 * refuses completion by other threads and dispatches to the error page unless its own callback completes. So the
 * callback waits for a reply that is being written, writes a reply that is decided but not begun, and always
 * completes, even if another thread tried to.
 *
 * <p>The lock is only held for short, non-blocking steps. It is not held while a write listener is registered,
 * because Tomcat takes a lock there that it also holds while it calls the time-out.
 */
public final class AsyncAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncAnswer.class);
    private static final long LOCK_MILLIS = 2_000;

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final Reply fallback;
    private final AtomicReference<@Nullable Reply> decided = new AtomicReference<>();
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean begun; // guarded by the lock
    private volatile boolean ended;

    private AsyncAnswer(AsyncContext context, HttpServletResponse response, Reply fallback) {
        this.context = context;
        this.response = response;
        this.fallback = fallback;
    }

    /**
     * Makes a request asynchronous.
     *
     * @param timeout how long the client waits for the reply; zero for no limit
     * @param fallback sent when the time is up, or when an error occurs before there is a reply
     * @throws IllegalStateException if a filter or servlet does not support asynchronous requests
     */
    public static AsyncAnswer start(
            HttpServletRequest request, HttpServletResponse response, Duration timeout, Reply fallback) {
        AsyncContext context = request.startAsync(request, response);
        AsyncAnswer answer = new AsyncAnswer(context, response, fallback);
        context.setTimeout(timeout.toMillis());
        context.addListener(answer.new ContainerEvents());
        return answer;
    }

    /**
     * Registers an action that runs when the request ends before {@link #send} was called: the time is up or the client
     * disconnected. Runs at once if that has already happened. The action must not block.
     */
    public void onAbandoned(Runnable action) {
        abandoned.thenRun(action);
    }

    /**
     * Sends the reply and ends the request. Does nothing if the request has ended or another reply was sent. Never
     * waits for the client and may be called by any thread: a reply with a body is written by a thread of the
     * container, and a body that exceeds the container's buffer by a write listener.
     */
    public void send(Reply reply) {
        if (!decided.compareAndSet(null, reply)) {
            return;
        }
        try {
            if (reply == Reply.PREPARED) {
                give();
            } else {
                context.start(this::give);
            }
        } catch (RuntimeException e) {
            LOG.debug("A request ended before its reply was ready.", e);
        }
    }

    private void give() {
        byte[] large = null;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            byte[] body = begin();
            if (body.length >= response.getBufferSize()) {
                large = body;
            } else {
                write(body);
                complete();
            }
        } finally {
            lock.unlock();
        }
        if (large != null) {
            writeWhenPossible(large);
        }
    }

    /** Sets status and headers. Returns the body; it is empty if the reply has been begun before. */
    private byte[] begin() {
        Reply reply = decided.get();
        if (begun || reply == null) {
            return new byte[0];
        }
        begun = true;
        try {
            return reply.head(response);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A client disconnected before its reply.", e);
            return new byte[0];
        }
    }

    private void write(byte[] body) {
        try {
            if (body.length > 0) {
                response.getOutputStream().write(body);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("A client disconnected during its reply.", e);
        }
    }

    private void writeWhenPossible(byte[] body) {
        try {
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new BodyWriter(out, body));
        } catch (IOException | RuntimeException e) {
            LOG.debug("A request ended before its reply was written.", e);
            completeLocked();
        }
    }

    private void completeLocked() {
        lock.lock();
        try {
            complete();
        } finally {
            lock.unlock();
        }
    }

    private void complete() {
        try {
            context.complete();
            ended = true;
        } catch (RuntimeException e) {
            LOG.debug("The container completes a request itself.", e);
        }
    }

    private final class ContainerEvents implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
        }

        private void end() {
            if (decided.compareAndSet(null, fallback)) {
                abandoned.complete(null);
            }
            if (!lockInTime()) {
                return; // the container then ends the request with an error
            }
            try {
                write(begin());
                complete();
            } finally {
                lock.unlock();
            }
        }

        private boolean lockInTime() {
            try {
                return lock.tryLock(LOCK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            ended = true;
            if (decided.compareAndSet(null, fallback)) {
                abandoned.complete(null);
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    /** Writes one body at the pace of the client. */
    private final class BodyWriter implements WriteListener {
        private final ServletOutputStream out;
        private final byte[] body;
        private boolean written;
        private boolean done;

        BodyWriter(ServletOutputStream out, byte[] body) {
            this.out = out;
            this.body = body;
        }

        @Override
        public synchronized void onWritePossible() throws IOException {
            while (!done && out.isReady()) {
                if (written) {
                    finish();
                } else {
                    written = true;
                    out.write(body);
                }
            }
        }

        @Override
        public synchronized void onError(Throwable failure) {
            LOG.debug("A client disconnected during its reply.", failure);
            if (!done) {
                finish();
            }
        }

        private void finish() {
            done = true;
            completeLocked();
        }
    }
}

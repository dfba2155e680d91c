package io.webwatch.delivery;

import io.webwatch.log.Cursor;
import io.webwatch.runtime.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Delays repeated attempts with back-off, and decides when a delivery that is closing gives up. {@link #startClosing}
 * and {@link #abandon} may be called from any thread, the other methods from the delivery's thread.
 */
final class RetryPolicy {
    private static final int FAILURES_WHILE_CLOSING = 2;
    private static final long MAX_DELAY_WHILE_CLOSING_MILLIS = 200;

    private final Backoff backoff;
    private final Cursor cursor;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private int failuresWhileClosing;

    RetryPolicy(Duration initial, Duration max, Cursor cursor) {
        this.backoff = new Backoff(initial, max);
        this.cursor = cursor;
    }

    /** Ends a delay and shortens those that follow. */
    void startClosing() {
        closing.complete(null);
    }

    /** Ends a delay and all further attempts. */
    void abandon() {
        abandoned.complete(null);
    }

    boolean isAbandoned() {
        return abandoned.isDone();
    }

    void succeeded() {
        backoff.reset();
    }

    /**
     * Waits before the next attempt. While closing, gives up after a few failures if the journal keeps the events.
     *
     * @param retryAfter shortest delay that the sink asks for, or null
     */
    void delay(@Nullable Duration retryAfter) throws InterruptedException {
        long millis = backoff.nextMillis(retryAfter);
        if (!closing.isDone()) {
            await(closing, millis);
            return;
        }
        failuresWhileClosing++;
        if (cursor.isJournalled() && failuresWhileClosing >= FAILURES_WHILE_CLOSING) {
            abandon();
        }
        await(abandoned, Math.min(millis, MAX_DELAY_WHILE_CLOSING_MILLIS));
    }

    private static void await(CompletableFuture<Void> signal, long millis) throws InterruptedException {
        try {
            signal.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // the delay has passed
        } catch (ExecutionException e) {
            throw new IllegalStateException("The signal never completes exceptionally.", e);
        }
    }
}

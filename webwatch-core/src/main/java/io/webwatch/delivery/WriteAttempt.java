package io.webwatch.delivery;

import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A write to a sink that was started.
 *
 * @param batch what is written
 * @param result completes when the sink has answered
 */
record WriteAttempt(EventBatch batch, CompletableFuture<WriteResult> result) {
    /**
     * Starts a write. An exception of the sink becomes a failed attempt.
     *
     * @param onDone run when the result arrives later; not run if it is there at once
     */
    static WriteAttempt start(Sink sink, EventBatch batch, Runnable onDone) {
        try {
            CompletableFuture<WriteResult> result = sink.write(batch).toCompletableFuture();
            if (!result.isDone()) {
                result.whenComplete((value, failure) -> onDone.run());
            }
            return new WriteAttempt(batch, result);
        } catch (RuntimeException | LinkageError e) {
            return new WriteAttempt(batch, CompletableFuture.failedFuture(e));
        }
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Waits for the result. A failure counts as retriable for all events. */
    WriteResult await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            return WriteResult.retriable(describe(e.getCause() == null ? e : e.getCause()));
        }
    }

    /** Returns the message of an exception, or its type if it has none. */
    static String describe(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}

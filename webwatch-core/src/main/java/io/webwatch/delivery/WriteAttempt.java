package io.webwatch.delivery;

import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A write to a sink that was started.
 *
 * @param batch what is written
 * @param result completes when the sink has answered
 */
record WriteAttempt(EventBatch batch, CompletableFuture<WriteResult> result) {
    /**
     * Starts a write. Whatever the sink throws becomes a failed attempt.
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
        } catch (RuntimeException | Error e) {
            return new WriteAttempt(batch, CompletableFuture.failedFuture(e));
        }
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Waits for the result. A failure, or a result that does not fit the batch, counts as retriable for all events. */
    WriteResult await() throws InterruptedException {
        try {
            WriteResult answer = result.get();
            return isValid(answer) ? answer : WriteResult.retriable("The sink returned an invalid result: " + answer);
        } catch (ExecutionException e) {
            return WriteResult.retriable(describe(e.getCause() == null ? e : e.getCause()));
        }
    }

    private boolean isValid(@Nullable WriteResult answer) {
        return answer != null
                && answer.failures().stream()
                        .allMatch(failure -> failure.index() >= 0 && failure.index() < batch.size());
    }

    /** Returns the message of an exception, or its type if it has none, or both if it is an error. */
    static String describe(Throwable e) {
        if (e instanceof Error) {
            return e.toString(); // "Java heap space" or the name of a missing class says too little
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}

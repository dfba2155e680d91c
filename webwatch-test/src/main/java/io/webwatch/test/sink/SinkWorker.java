package io.webwatch.test.sink;

import io.webwatch.event.Event;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls a sink like WebWatch: on a separate thread, with at most as many writes in flight as the sink allows, and with
 * retries in order. Every wait has a time-out.
 */
final class SinkWorker {
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** A write that was begun. */
    record Attempt(EventBatch batch, CompletionStage<WriteResult> stage) {}

    private final SinkFactory factory;
    private final SinkContext context;
    private final Duration patience;
    private final ExecutorService executor;
    private final List<String> rejections = new ArrayList<>();
    private volatile @Nullable Thread thread;
    private @Nullable Sink sink;

    SinkWorker(SinkFactory factory, SinkContext context, Duration patience) {
        this.factory = factory;
        this.context = context;
        this.patience = patience;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread created = DaemonThreads.create("webwatch-sink-" + factory.name(), task);
            thread = created;
            return created;
        });
    }

    /** Opens the sink, and throws what its factory throws. */
    Sink open() throws Exception {
        Sink opened = call("create", patience, () -> factory.create(context));
        sink = opened;
        return opened;
    }

    boolean isOpen() {
        return sink != null;
    }

    Sink sink() {
        Sink current = sink;
        if (current == null) {
            throw new IllegalStateException("The sink is not open.");
        }
        return current;
    }

    /** Begins a write. An exception becomes a failed stage, as in WebWatch. */
    Attempt begin(EventBatch batch) {
        CompletionStage<WriteResult> stage;
        try {
            stage = call("write", patience, () -> sink().write(batch));
        } catch (AssertionError e) {
            throw e;
        } catch (Throwable e) {
            stage = CompletableFuture.failedFuture(e);
        }
        return new Attempt(batch, stage);
    }

    /** Begins a write on an interrupted thread, and clears the interrupt afterwards. */
    Attempt beginInterrupted(EventBatch batch) throws Exception {
        CompletionStage<WriteResult> stage = call("write on an interrupted thread", patience, () -> {
            Thread.currentThread().interrupt();
            try {
                return sink().write(batch);
            } catch (RuntimeException e) {
                return CompletableFuture.<WriteResult>failedFuture(e);
            } finally {
                Thread.interrupted();
            }
        });
        return new Attempt(batch, stage);
    }

    /** Waits for the result of a write. A failed stage is retriable. */
    WriteResult end(Attempt attempt) {
        try {
            return attempt.stage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return WriteResult.retriable(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "The stage of " + attempt.batch() + " was not completed within " + patience + ".", e);
        } catch (InterruptedException e) {
            throw new AssertionError("The test was interrupted.", e);
        }
    }

    WriteResult write(EventBatch batch) {
        return end(begin(batch));
    }

    /** Opens the sink and repeats writes until every event is written or rejected, at most for the harness's patience. */
    void deliver(List<EventBatch> batches) {
        long deadline = TimeSource.SYSTEM.nanoTime() + patience.toNanos();
        openWithin(deadline);
        ArrayDeque<EventBatch> waiting = new ArrayDeque<>(batches);
        ArrayDeque<Attempt> inFlight = new ArrayDeque<>();
        while (!waiting.isEmpty() || !inFlight.isEmpty()) {
            while (!waiting.isEmpty() && inFlight.size() < sink().maxInFlight()) {
                inFlight.addLast(begin(waiting.removeFirst()));
            }
            Attempt head = inFlight.removeFirst();
            WriteResult result = end(head);
            EventBatch left = left(head.batch(), result);
            if (left != null) {
                List<EventBatch> again = new ArrayList<>(List.of(left));
                inFlight.forEach(later -> {
                    end(later);
                    again.add(later.batch());
                });
                inFlight.clear();
                for (int i = again.size() - 1; i >= 0; i--) {
                    waiting.addFirst(again.get(i));
                }
                if (TimeSource.SYSTEM.nanoTime() - deadline > 0) {
                    throw new AssertionError("Not everything was written within " + patience + ": " + result.reason());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void openWithin(long deadline) {
        while (!isOpen()) {
            try {
                open();
            } catch (Exception e) {
                if (TimeSource.SYSTEM.nanoTime() - deadline > 0) {
                    throw new AssertionError("The sink could not be opened within " + patience + ".", e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private @Nullable EventBatch left(EventBatch batch, WriteResult result) {
        result.failures().stream()
                .filter(failure -> !failure.retriable())
                .forEach(failure ->
                        rejections.add(batch.events().get(failure.index()).id() + ": " + failure.reason()));
        List<Event> again = result.retriableIndices(batch.size()).stream()
                .map(batch.events()::get)
                .toList();
        return again.isEmpty() ? null : new EventBatch(batch.log(), batch.position(), again, batch.bytes());
    }

    /** Returns id and reason of each event that was rejected during {@link #deliver}. */
    List<String> rejections() {
        return rejections;
    }

    /** Closes the sink within the given time. */
    void close(Duration bound) throws Exception {
        Sink open = sink;
        sink = null;
        if (open != null) {
            call("close", bound, () -> {
                Thread.interrupted(); // as in WebWatch, so that closing files does not fail because of an interrupt
                open.close();
                return true;
            });
        }
    }

    /** Ends the thread. */
    void end() {
        executor.shutdownNow();
    }

    private <T> T call(String what, Duration bound, Callable<T> call) throws Exception {
        Future<T> future = executor.submit(call);
        try {
            return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            AssertionError error = new AssertionError("The sink's " + what + " did not return within " + bound + ".");
            Thread current = thread;
            if (current != null) {
                error.setStackTrace(current.getStackTrace()); // shows where the sink is blocked
            }
            future.cancel(true);
            throw error;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof LinkageError cause) {
                throw new IllegalStateException(cause);
            }
            throw e;
        }
    }
}

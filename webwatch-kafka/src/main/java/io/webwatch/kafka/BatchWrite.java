package io.webwatch.kafka;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.WriteResult;
import io.webwatch.sink.WriteResult.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Collects the outcomes of the events of one batch, from the thread that sends and from the producer's thread. The first
 * outcome of an event counts; the last missing one completes the stage. Thread-safe.
 */
final class BatchWrite {
    private static final Failure WRITTEN = new Failure(-1, false, "written");

    private final EventBatch batch;
    private final AtomicReferenceArray<Failure> outcomes;
    private final AtomicInteger open;
    private final CompletableFuture<WriteResult> stage = new CompletableFuture<>();
    private volatile boolean hasFailures;

    BatchWrite(EventBatch batch) {
        this.batch = batch;
        this.outcomes = new AtomicReferenceArray<>(batch.size());
        this.open = new AtomicInteger(batch.size());
    }

    EventBatch batch() {
        return batch;
    }

    CompletionStage<WriteResult> stage() {
        return stage;
    }

    void written(int index) {
        ended(index, WRITTEN);
    }

    void rejected(int index, String reason) {
        ended(index, new Failure(index, false, reason));
    }

    void retriable(int index, String reason) {
        ended(index, new Failure(index, true, reason));
    }

    /** Records that no event from the given index on was sent. */
    void notBegun(int from, String reason) {
        for (int index = from; index < batch.size(); index++) {
            retriable(index, reason);
        }
    }

    private void ended(int index, Failure outcome) {
        if (!outcomes.compareAndSet(index, null, outcome)) {
            return;
        }
        if (outcome != WRITTEN) {
            hasFailures = true; // visible to the thread with the last outcome
        }
        if (open.decrementAndGet() == 0) {
            stage.complete(hasFailures ? result() : WriteResult.written());
        }
    }

    private WriteResult result() {
        List<Failure> failures = new ArrayList<>();
        Set<String> halted = new HashSet<>();
        for (int index = 0; index < batch.size(); index++) {
            Failure failure = outcomes.get(index) == WRITTEN ? null : outcomes.get(index);
            String visitor = visitor(batch.events().get(index));
            if (failure == null && halted.contains(visitor)) {
                // Repeated after the earlier event, so that the last copies are in order.
                failure = new Failure(index, true, "An earlier event of the visitor was not written.");
            }
            if (failure != null) {
                failures.add(failure);
                if (failure.retriable() && !visitor.isEmpty()) {
                    halted.add(visitor);
                }
            }
        }
        boolean isAllRetriable =
                failures.size() == batch.size() && failures.stream().allMatch(Failure::retriable);
        return isAllRetriable ? WriteResult.retriable(failures.get(0).reason()) : WriteResult.partial(failures, null);
    }

    private static String visitor(Event event) {
        return event.context().visitor();
    }
}

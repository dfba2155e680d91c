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
 * What becomes of the events of one batch. The first outcome of an index counts, told by the producer's thread or by the one that sends; the last one
 * completes the stage. Thread-safe.
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

    /** None from that index on was begun. */
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
            hasFailures = true; // seen by whoever ends the last one
        }
        if (open.decrementAndGet() == 0) {
            stage.complete(hasFailures ? result() : WriteResult.written());
        }
    }

    private WriteResult result() {
        List<Failure> told = new ArrayList<>();
        Set<String> halted = new HashSet<>();
        for (int index = 0; index < batch.size(); index++) {
            Failure failure = outcomes.get(index) == WRITTEN ? null : outcomes.get(index);
            String visitor = visitor(batch.events().get(index));
            if (failure == null && halted.contains(visitor)) {
                // It was written before one that comes again: so it comes again too, for the order of the last copies.
                failure = new Failure(index, true, "An earlier event of the visitor was not written.");
            }
            if (failure != null) {
                told.add(failure);
                if (failure.retriable() && !visitor.isEmpty()) {
                    halted.add(visitor);
                }
            }
        }
        boolean nothingDecided = told.size() == batch.size() && told.stream().allMatch(Failure::retriable);
        return nothingDecided ? WriteResult.retriable(told.get(0).reason()) : WriteResult.partial(told, null);
    }

    private static String visitor(Event event) {
        return event.context().visitor();
    }
}

package io.webwatch.test;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A sink named {@code memory} that keeps events in memory. Pass it to {@code WebWatch.builder().sink(…)} and set {@code
 * webwatch.sinks=memory}, so that no other sink receives the events of a test. The events remain available after {@link
 * Sink#close}. Thread-safe.
 *
 * <p>{@link #answerNext} simulates failures.
 */
public final class MemorySink implements SinkFactory {
    /** The name for {@code webwatch.sinks}. */
    public static final String NAME = "memory";

    private final RecordedEvents events = new RecordedEvents();
    private final Queue<WriteResult> answers = new ArrayDeque<>();

    /** Returns the written events. */
    public RecordedEvents events() {
        return events;
    }

    /**
     * Sets the results of the next writes, one for each. Events that are not written according to a result are not kept.
     * Later writes succeed again.
     */
    public void answerNext(WriteResult... results) {
        synchronized (answers) {
            answers.addAll(List.of(results));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Returns true, because passing this sink to WebWatch is enough to use it. */
    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return true;
    }

    @Override
    public Sink create(SinkContext context) {
        return new Sink() {
            @Override
            public CompletionStage<WriteResult> write(EventBatch batch) {
                return CompletableFuture.completedStage(take(batch));
            }

            @Override
            public void close() {
                // the recorded events remain available
            }
        };
    }

    private WriteResult take(EventBatch batch) {
        WriteResult answer;
        synchronized (answers) {
            answer = answers.isEmpty() ? WriteResult.written() : answers.remove();
        }
        if (!answer.isAllRetriable()) {
            for (int i = 0; i < batch.size(); i++) {
                int index = i;
                if (answer.failures().stream().noneMatch(failure -> failure.index() == index)) {
                    events.add(batch.events().get(i));
                }
            }
        }
        return answer;
    }

    @Override
    public String toString() {
        return "MemorySink[" + events.size() + " events]";
    }
}

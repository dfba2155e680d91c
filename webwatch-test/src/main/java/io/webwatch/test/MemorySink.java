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
 * A sink that keeps events in memory, named {@code memory}. Give it to {@code WebWatch.builder().sink(…)} and set {@code
 * webwatch.sinks=memory}, so that nothing else gets the events of a test. What it has is kept over {@link Sink#close}.
 * Thread-safe.
 *
 * <p>{@link #answerNext} makes it fail, for tests of what an application or WebWatch does then.
 */
public final class MemorySink implements SinkFactory {
    /** The name for {@code webwatch.sinks}. */
    public static final String NAME = "memory";

    private final RecordedEvents events = new RecordedEvents();
    private final Queue<WriteResult> answers = new ArrayDeque<>();

    /** What was written. */
    public RecordedEvents events() {
        return events;
    }

    /**
     * Answers to the next writes, one each, before it takes events again: events that an answer tells as not written are
     * not kept.
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

    /** True: who gives this sink wants it used. */
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
                // what was recorded stays readable
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

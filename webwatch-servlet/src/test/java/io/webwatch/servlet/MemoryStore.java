package io.webwatch.servlet;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.query.Query;
import io.webwatch.query.QueryException;
import io.webwatch.query.QueryResult;
import io.webwatch.query.QueryStore;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that remembers events, and a store whose answers a test scripts. */
public final class MemoryStore implements SinkFactory {
    public interface Answers {
        QueryResult answer(Query query) throws QueryException;
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile Answers answers;
    private volatile boolean refusing;
    private volatile Map<String, Double> metrics = Map.of();

    /** Whether it is down. */
    public void refuse(boolean value) {
        refusing = value;
    }

    public List<Event> events() {
        return events.stream()
                .filter(event -> event.type() != EventType.SESSION)
                .toList();
    }

    public void answers(Answers value) {
        answers = value;
    }

    void metrics(Map<String, Double> value) {
        metrics = value;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return true;
    }

    @Override
    public boolean answersQueries() {
        return answers != null;
    }

    @Override
    public Sink create(SinkContext context) {
        return answers == null ? new Events() : new Store();
    }

    private class Events implements Sink {
        @Override
        public CompletionStage<WriteResult> write(EventBatch batch) {
            if (refusing) {
                return CompletableFuture.completedStage(WriteResult.retriable("down"));
            }
            events.addAll(batch.events());
            return CompletableFuture.completedStage(WriteResult.written());
        }

        @Override
        public Map<String, Double> metrics() {
            return metrics;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private final class Store extends Events implements QueryStore {
        @Override
        public QueryResult query(Query query) throws QueryException {
            return answers.answer(query);
        }
    }
}

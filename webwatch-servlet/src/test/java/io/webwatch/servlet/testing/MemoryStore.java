package io.webwatch.servlet.testing;

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

/** A sink that keeps events in memory, and a query store whose answers the test provides. */
public final class MemoryStore implements SinkFactory {
    /** The query results that a test provides. */
    public interface Answers {
        /** Answers a query. */
        QueryResult answer(Query query) throws QueryException;
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile Answers answers;
    private volatile boolean refusing;
    private volatile Map<String, Double> metrics = Map.of();

    /** Makes the sink refuse all batches with a retriable failure, or accept them again. */
    public void refuse(boolean value) {
        refusing = value;
    }

    /** Returns the events written so far, without session events. */
    public List<Event> events() {
        return events.stream()
                .filter(event -> event.type() != EventType.SESSION)
                .toList();
    }

    /** Sets the answers. A store that has answers before WebWatch starts serves queries. */
    public void answers(Answers value) {
        answers = value;
    }

    /** Sets the metrics of the sink. */
    public void metrics(Map<String, Double> value) {
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
            // holds no resources
        }
    }

    private final class Store extends Events implements QueryStore {
        @Override
        public QueryResult query(Query query) throws QueryException {
            return answers.answer(query);
        }
    }
}

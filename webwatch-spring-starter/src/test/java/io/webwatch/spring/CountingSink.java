package io.webwatch.spring;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often it is asked for its metrics, which every status does once. */
final class CountingSink implements SinkFactory, Sink {
    private final AtomicInteger statuses = new AtomicInteger();

    int statuses() {
        return statuses.get();
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return true;
    }

    @Override
    public Sink create(SinkContext context) {
        return this;
    }

    @Override
    public CompletionStage<WriteResult> write(EventBatch batch) {
        return CompletableFuture.completedStage(WriteResult.written());
    }

    @Override
    public Map<String, Double> metrics() {
        statuses.incrementAndGet();
        return Map.of();
    }

    @Override
    public void close() {}
}

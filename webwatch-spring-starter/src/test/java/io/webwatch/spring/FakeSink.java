package io.webwatch.spring;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink that reports what a test sets. Thread-safe. */
final class FakeSink implements SinkFactory, Sink {
    final Map<String, Double> metrics = new ConcurrentSkipListMap<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    /** Every status asks for the metrics once. */
    final AtomicInteger metricsCalls = new AtomicInteger();

    volatile boolean failing;

    @Override
    public String name() {
        return "fake";
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
        return CompletableFuture.completedStage(failing ? WriteResult.retriable("down") : WriteResult.written());
    }

    @Override
    public Map<String, Double> metrics() {
        metricsCalls.incrementAndGet();
        return new TreeMap<>(metrics);
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {}
}

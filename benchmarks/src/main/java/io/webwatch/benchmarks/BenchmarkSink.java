package io.webwatch.benchmarks;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A sink, and its factory, that accepts every batch immediately. Subclasses can observe or delay the batches. */
class BenchmarkSink implements SinkFactory, Sink {
    static final String NAME = "benchmark";

    private static final CompletionStage<WriteResult> WRITTEN =
            CompletableFuture.completedFuture(WriteResult.written());

    /** Called with each batch. */
    void received(EventBatch batch) {}

    @Override
    public final CompletionStage<WriteResult> write(EventBatch batch) {
        received(batch);
        return WRITTEN;
    }

    @Override
    public final String name() {
        return NAME;
    }

    @Override
    public final boolean isConfigured(WebWatchConfig config) {
        return true;
    }

    @Override
    public final Sink create(SinkContext context) {
        return this;
    }

    @Override
    public final void close() {}
}

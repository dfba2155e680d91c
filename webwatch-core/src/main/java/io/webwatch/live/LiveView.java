package io.webwatch.live;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live view: metrics of the last minutes and the most recent events. It reads the log like any sink, with its own
 * cursor, and needs a bounded amount of memory whatever the traffic. Thread-safe.
 */
public final class LiveView {
    private static final long MAX_AGE_MILLIS = 1_000;

    private final DropCounters drops;
    private final InstantSource clock;
    private final LiveState state = new LiveState();
    private long version;
    private @Nullable LiveSnapshot latest;

    /** Creates an empty live view. It receives events through {@link #sink}. */
    public LiveView(DropCounters drops, InstantSource clock) {
        this.drops = drops;
        this.clock = clock;
    }

    /** Returns the current metrics. They are computed again only after new events, or after a second. */
    public synchronized LiveSnapshot snapshot() {
        long now = clock.millis();
        LiveSnapshot known = latest;
        if (known == null || known.version() != version || now - known.timeMillis() >= MAX_AGE_MILLIS) {
            known = state.snapshot(version, now, drops.snapshot());
            latest = known;
        }
        return known;
    }

    /**
     * Returns a sink that adds its events to this view.
     *
     * @param failures receives failures of this view, which do not affect other sinks
     */
    public Sink sink(Consumer<Throwable> failures) {
        return new Sink() {
            @Override
            public CompletionStage<WriteResult> write(EventBatch batch) {
                try {
                    add(batch, failures);
                } catch (RuntimeException | Error e) { // before the first event, so that the batch can be repeated
                    failures.accept(e);
                    throw e;
                }
                return CompletableFuture.completedStage(WriteResult.written());
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void add(EventBatch batch, Consumer<Throwable> failures) {
        long now = clock.millis();
        for (Event event : batch.events()) {
            try {
                state.add(event, now);
            } catch (RuntimeException | Error e) { // a repetition of the batch would count its other events twice
                failures.accept(e);
                drops.add(DropReason.LIVE_LAG, 1);
            }
        }
        version++;
    }
}

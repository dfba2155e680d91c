package io.webwatch.live;

import io.webwatch.event.DropCounters;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens now. It reads the log by a cursor of its own, like any sink, and holds bounded memory whatever the
 * traffic. Thread-safe.
 */
public final class LiveView {
    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
    private static final long FRESH_MILLIS = 1_000;

    private final DropCounters drops;
    private final InstantSource clock;
    private final LiveState state = new LiveState();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long version;
    private @Nullable LiveSnapshot latest;

    public LiveView(DropCounters drops, InstantSource clock) {
        this.drops = drops;
        this.clock = clock;
    }

    /** The figures of this moment; made anew only after a change or a second. */
    public synchronized LiveSnapshot snapshot() {
        long now = clock.millis();
        LiveSnapshot known = latest;
        if (known == null || known.version() != version || now - known.timeMillis() >= FRESH_MILLIS) {
            known = state.snapshot(version, now, drops.snapshot());
            latest = known;
        }
        return known;
    }

    /**
     * Has something called after each batch, on the live view's thread; it must not block.
     *
     * @return ends the subscription when closed
     */
    public Subscription subscribe(Runnable onChange) {
        listeners.add(onChange);
        return () -> listeners.remove(onChange);
    }

    /** The end of the log at which the view reads. */
    public Sink sink() {
        return new Sink() {
            @Override
            public CompletionStage<WriteResult> write(EventBatch batch) {
                add(batch);
                return CompletableFuture.completedStage(WriteResult.written());
            }

            @Override
            public void close() {
                listeners.clear();
            }
        };
    }

    private void add(EventBatch batch) {
        synchronized (this) {
            long now = clock.millis();
            for (Event event : batch.events()) {
                state.add(event, now);
            }
            version++;
        }
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("A listener of the live view failed.", e);
            }
        }
    }

    /** A subscription that can be ended. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}

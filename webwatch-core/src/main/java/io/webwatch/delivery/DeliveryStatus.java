package io.webwatch.delivery;

import io.webwatch.status.SinkStatus;
import io.webwatch.status.SinkStatus.State;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state and counters of a delivery. Written by its thread, read by any thread. */
final class DeliveryStatus {
    private final String name;
    private State state = State.STARTING;
    private @Nullable String lastError;
    private long position;
    private long written;
    private long rejected;
    private long dropped;
    private long retries;

    DeliveryStatus(String name) {
        this.name = name;
    }

    synchronized void running() {
        state = State.RUNNING;
        lastError = null;
    }

    synchronized void done(long upTo) {
        position = Math.max(position, upTo);
        running();
    }

    /**
     * Notes a failure.
     *
     * @return whether it is the first one since the last success
     */
    synchronized boolean failed(String reason) {
        boolean first = lastError == null;
        lastError = reason;
        state = State.RETRYING;
        return first;
    }

    synchronized void retried() {
        retries++;
    }

    synchronized void written(long events) {
        written += events;
    }

    synchronized void rejected(long events) {
        rejected += events;
    }

    synchronized void lost(long events) {
        dropped += events;
    }

    synchronized void closed() {
        state = State.CLOSED;
    }

    synchronized SinkStatus snapshot(long lag, Map<String, Double> metrics, List<String> warnings) {
        return new SinkStatus(
                name, state, lastError, position, lag, written, rejected, dropped, retries, metrics, warnings);
    }
}

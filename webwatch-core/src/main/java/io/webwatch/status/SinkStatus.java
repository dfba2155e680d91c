package io.webwatch.status;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Current status of a sink and of the delivery to it. Immutable.
 *
 * @param name name of the sink
 * @param state current phase
 * @param lastError why the latest attempt failed; null if it succeeded
 * @param position position of the last completed batch
 * @param lag number of batches in the log that are not completed
 * @param written number of events written
 * @param rejected number of events that the sink rejected permanently
 * @param dropped number of events that were lost because the sink was too far behind
 * @param retries number of repeated attempts
 * @param metrics the sink's own metrics by name
 * @param warnings sentences of the sink about what is degraded
 */
public record SinkStatus(
        String name,
        State state,
        @Nullable String lastError,
        long position,
        long lag,
        long written,
        long rejected,
        long dropped,
        long retries,
        Map<String, Double> metrics,
        List<String> warnings) {
    /** Phases of a delivery. */
    public enum State {
        /** The sink has not been opened yet. */
        STARTING,
        /** The latest attempt succeeded. */
        RUNNING,
        /** The latest attempt failed and will be repeated. */
        RETRYING,
        /** WebWatch has been closed. */
        CLOSED;

        private final String id = name().toLowerCase(Locale.ROOT);

        /** Returns the name that the status page and the health component show. */
        public String id() {
            return id;
        }
    }
}

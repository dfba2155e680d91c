package io.webwatch.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sink's delivery stands.
 *
 * @param lastError why the latest attempt failed; null while all is well
 * @param position last batch that is done
 * @param lag batches in the log that are not done
 * @param written events written
 * @param rejected events refused for good
 * @param dropped events that the sink was too far behind to get
 * @param retries repeated attempts
 * @param metrics figures of the sink's own by name
 * @param warnings what the sink says is degraded, in sentences
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
    /** Phases of a sink's life. */
    public enum State {
        STARTING,
        RUNNING,
        RETRYING,
        CLOSED;

        /** The name in status. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

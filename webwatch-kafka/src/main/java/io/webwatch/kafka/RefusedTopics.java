package io.webwatch.kafka;

import io.webwatch.runtime.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers topics that were refused recently. For each event of such a topic the producer would ask the brokers again and
 * block, so that a forbidden topic would slow down all others. Used by one thread.
 */
final class RefusedTopics {
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private record Refusal(String reason, long atNanos) {}

    private final TimeSource time;
    private final Map<String, Refusal> refusals = new HashMap<>();

    RefusedTopics(TimeSource time) {
        this.time = time;
    }

    void add(String topic, String reason) {
        refusals.put(topic, new Refusal(reason, time.nanoTime()));
    }

    /** Returns why the topic was refused, or null if it may be tried. */
    @Nullable
    String reason(String topic) {
        Refusal refusal = refusals.get(topic);
        if (refusal == null) {
            return null;
        }
        if (time.nanoTime() - refusal.atNanos() > REMEMBERED.toNanos()) {
            refusals.remove(topic);
            return null;
        }
        return refusal.reason();
    }
}

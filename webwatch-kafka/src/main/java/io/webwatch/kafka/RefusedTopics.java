package io.webwatch.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Topics that were refused a moment ago. The producer asks the brokers anew for each event of such a topic, and waits; a
 * topic that is not permitted must not slow the others down. Used by one thread.
 */
final class RefusedTopics {
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Refusal(String reason, long until) {}

    private final Map<String, Refusal> refusals = new HashMap<>();

    void add(String topic, String reason) {
        refusals.put(topic, new Refusal(reason, System.nanoTime() + REMEMBERED_NANOS));
    }

    /** Why the topic was refused, or null when it may be tried. */
    @Nullable
    String reason(String topic) {
        Refusal refusal = refusals.get(topic);
        if (refusal == null) {
            return null;
        }
        if (System.nanoTime() - refusal.until() > 0) {
            refusals.remove(topic);
            return null;
        }
        return refusal.reason();
    }
}

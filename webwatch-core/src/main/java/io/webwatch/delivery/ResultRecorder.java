package io.webwatch.delivery;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.WriteResult;
import io.webwatch.sink.WriteResult.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a sink wrote and rejected, and keeps rejected events as dead letters. Used by the delivery's thread.
 */
final class ResultRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(ResultRecorder.class);

    private final String name;
    private final DeliveryStatus status;
    private final DropCounters drops;
    private final @Nullable DeadLetters letters;

    ResultRecorder(String name, DeliveryStatus status, DropCounters drops, @Nullable DeadLetters letters) {
        this.name = name;
        this.status = status;
        this.drops = drops;
        this.letters = letters;
    }

    /**
     * Counts the events that were written or rejected.
     */
    void record(EventBatch batch, WriteResult result) {
        if (result.isAllRetriable()) {
            return;
        }
        List<Failure> rejected = result.failures().stream()
                .filter(failure -> !failure.retriable())
                .toList();
        status.written(batch.size() - result.failures().size());
        for (Failure failure : rejected) {
            reject(batch.events().get(failure.index()), failure.reason());
        }
        if (!rejected.isEmpty()) {
            LOG.warn(
                    "The sink {} rejected {} of {} events permanently: {} {}",
                    name,
                    rejected.size(),
                    batch.size(),
                    sentence(rejected.get(0).reason()),
                    remedy());
        }
    }

    /** Rejects an event on which the sink keeps failing while it accepts others. */
    void giveUp(Event event, String reason) {
        LOG.warn(
                "The sink {} keeps failing on event {} while it accepts others: {} The event counts as rejected. {}",
                name,
                event.id(),
                sentence(reason),
                remedy());
        reject(event, "Each attempt failed while the sink accepted later events: " + reason);
    }

    private void reject(Event event, String reason) {
        status.rejected(1);
        drops.add(DropReason.REJECTED, 1);
        if (letters != null) {
            letters.add(name, reason, event);
        }
    }

    private String remedy() {
        return letters == null
                ? "They are lost."
                : "Rejected events are in the dead-letter file, from which they can be sent again.";
    }

    /** Returns why the events of a result must be written again. */
    static String retryReason(WriteResult result) {
        return result.failures().stream()
                .filter(Failure::retriable)
                .map(Failure::reason)
                .findFirst()
                .orElse(result.reason() == null ? "no reason given" : result.reason());
    }

    /** Ends a text with a full stop. */
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}

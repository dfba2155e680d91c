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

/** Counts what a sink says of the events of a batch, and keeps what it refused. A delivery's own. */
final class Verdicts {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final String name;
    private final DeliveryStatus status;
    private final DropCounters drops;
    private final @Nullable DeadLetters letters;

    Verdicts(String name, DeliveryStatus status, DropCounters drops, @Nullable DeadLetters letters) {
        this.name = name;
        this.status = status;
        this.drops = drops;
        this.letters = letters;
    }

    /** Counts what is decided; the indices of what is not. */
    List<Integer> account(EventBatch batch, WriteResult result) {
        List<Integer> undecided = result.retriableIndices(batch.size());
        if (result.isAllRetriable()) {
            return undecided;
        }
        List<Failure> rejected = result.failures().stream()
                .filter(failure -> !failure.retriable())
                .toList();
        for (Failure failure : rejected) {
            refuse(batch.events().get(failure.index()), failure.reason());
        }
        if (!rejected.isEmpty()) {
            LOG.warn(
                    "{} refused {} of {} events for good: {}",
                    name,
                    rejected.size(),
                    batch.size(),
                    rejected.get(0).reason());
        }
        status.written(batch.size() - result.failures().size());
        return undecided;
    }

    /** Gives an event up of which the sink's failures are the proof. */
    void giveUp(Event event, String reason) {
        LOG.warn("{} fails on the event {} while it takes others; it is given up: {}", name, event.id(), reason);
        refuse(event, "It failed each time while later events were taken: " + reason);
    }

    private void refuse(Event event, String reason) {
        status.rejected(1);
        drops.add(DropReason.REJECTED, 1);
        if (letters != null) {
            letters.add(name, reason, event);
        }
    }
}

package io.webwatch.delivery;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.log.Cursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the events that a sink never received. */
final class LossRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(LossRecorder.class);

    private final String name;
    private final Cursor cursor;
    private final DropCounters drops;
    private final DeliveryStatus status;
    private volatile long lagAtEnd;

    LossRecorder(String name, Cursor cursor, DropCounters drops, DeliveryStatus status) {
        this.name = name;
        this.cursor = cursor;
        this.drops = drops;
        this.status = status;
    }

    /** Counts the events that the cursor has lost since the last call. */
    void count() {
        Cursor.Losses losses = cursor.takeLosses();
        drops.add(cursor.isForSink() ? DropReason.SINK_LAG : DropReason.LIVE_LAG, losses.evicted());
        drops.add(DropReason.JOURNAL_DAMAGED, losses.damaged());
        status.lost(losses.evicted() + losses.damaged());
    }

    /** Counts the events that were lost before the worker ended, and notes whether it left any behind. */
    void workerEnded() {
        count();
        lagAtEnd = cursor.lag();
    }

    /** Counts the events that the sink did not accept and the journal does not keep. */
    void countAfterClose() {
        count();
        long lost = cursor.unkeptEvents();
        if (lost > 0) {
            status.lost(lost);
            drops.add(DropReason.SHUTDOWN, lost);
            LOG.warn(
                    "The sink {} did not accept {} events before the application stopped, and they could not be"
                            + " journalled. They are lost and counted as shutdown.",
                    name,
                    lost);
        }
        if (lagAtEnd > lost) {
            LOG.info(
                    "The sink {} did not accept all events before the application stopped. The journal keeps the others"
                            + " and delivers them after the next start.",
                    name);
        }
    }
}

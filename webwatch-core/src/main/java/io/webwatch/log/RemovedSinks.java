package io.webwatch.log;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the events that the journal kept for sinks that are no longer configured. */
final class RemovedSinks {
    private static final Logger LOG = LoggerFactory.getLogger(RemovedSinks.class);

    private final Journal journal;
    private final DropCounters drops;

    RemovedSinks(Journal journal, DropCounters drops) {
        this.journal = journal;
        this.drops = drops;
    }

    /**
     * Counts and logs the losses of each removed sink.
     *
     * @param known the cursors of the last run
     * @param configured names of the sinks of this run
     */
    void countLosses(CursorFile.Known known, Set<String> configured) {
        if (journal.isEmpty()) {
            return;
        }
        known.cursors().forEach((name, done) -> {
            if (!configured.contains(name)) {
                countLosses(name, done);
            }
        });
    }

    private void countLosses(String name, Place done) {
        try {
            long events = journal.eventsOfEarlierRuns(done);
            drops.add(DropReason.SINK_REMOVED, events);
            if (events > 0) {
                LOG.warn(
                        "The sink {} is no longer configured. Dropped {} events that the journal kept for it. To"
                                + " deliver such events, remove a sink only when its lag is 0.",
                        name,
                        events);
            }
        } catch (IOException e) {
            LOG.warn(
                    "The sink {} is no longer configured, and the journal cannot be read to count the events that it"
                            + " kept for it. They are dropped.",
                    name,
                    e);
        }
    }
}

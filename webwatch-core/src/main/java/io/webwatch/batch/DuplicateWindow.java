package io.webwatch.batch;

import io.webwatch.enrich.Enricher;
import io.webwatch.journal.Journal;
import io.webwatch.journal.JournalReader;
import io.webwatch.journal.Place;
import io.webwatch.journal.WindowFile;
import io.webwatch.log.Spool;
import io.webwatch.sink.EventBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the enricher's window of recent events over restarts, so that an event that a browser sends again is
 * recognised as a duplicate. A stored snapshot covers the journal up to a place; the rest is replayed from the
 * journal. Used by the batcher's thread.
 */
final class DuplicateWindow {
    private static final Logger LOG = LoggerFactory.getLogger(DuplicateWindow.class);

    private final Enricher enricher;
    private final Spool spool;

    DuplicateWindow(Enricher enricher, Spool spool) {
        this.enricher = enricher;
        this.spool = spool;
    }

    /** Restores the window from the snapshot and from the batches that earlier runs appended after it. */
    void restore(Journal journal) {
        try {
            WindowFile.Window stored = WindowFile.load(spool.folder());
            Place from = Place.START;
            if (stored != null) {
                enricher.readWindow(new DataInputStream(new ByteArrayInputStream(stored.content())));
                from = stored.place();
            }
            spool.windowRestored(from);
            replay(journal, from);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Cannot restore which events were accepted before the restart. Events that browsers send again are"
                            + " accepted again, so expect some duplicates.",
                    e);
        }
    }

    private void replay(Journal journal, Place from) throws IOException {
        try (JournalReader reader = new JournalReader(journal)) {
            Place thisRun = new Place(journal.generation(), 0);
            for (EventBatch batch = reader.next(from, thisRun);
                    batch != null;
                    batch = reader.next(reader.place(), thisRun)) {
                batch.events().forEach(enricher::remember);
            }
        }
    }

    /** Offers a snapshot to the spool, which stores it and may then delete the journal up to a place. */
    void offerSnapshot(Place upTo) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try {
            enricher.writeWindow(new DataOutputStream(bytes));
            spool.offerWindow(new WindowFile.Window(upTo, bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory does not fail.", e);
        }
    }
}

package io.webwatch.log;

import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import io.webwatch.journal.WindowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a restart continues from: up to where each sink is done, and in durable mode the window in which duplicates
 * are detected. The journal may be deleted only up to what is stored here. Used by the journal's thread, except for
 * {@link #offer} and {@link #windowRestored}, which any thread may call.
 */
final class Checkpoint {
    private final BatchLog log;
    private final Path folder;
    private final boolean durable;
    private CursorFile.Known stored = CursorFile.Known.NOTHING;
    private WindowFile.@Nullable Window offered;
    private volatile Place windowPlace = Place.START;

    Checkpoint(BatchLog log, Path folder, boolean durable) {
        this.log = log;
        this.folder = folder;
        this.durable = durable;
    }

    /** Takes a snapshot of the window, to be stored with the next checkpoint. */
    synchronized void offer(WindowFile.Window window) {
        offered = window;
    }

    private synchronized WindowFile.@Nullable Window takeOffered() {
        WindowFile.Window taken = offered;
        offered = null;
        return taken;
    }

    private synchronized boolean hasOffer() {
        return offered != null;
    }

    /** Sets up to which place the stored window reaches, after a restart. */
    void windowRestored(Place place) {
        windowPlace = place;
    }

    /** Returns whether something has changed since it was stored. */
    boolean isOutdated(Journal journal) {
        return hasOffer() || !journal.isEmpty() && !log.donePlaces().equals(stored.cursors());
    }

    /**
     * Stores the window if there is a new snapshot.
     *
     * @throws IOException if it cannot be written; the snapshot is discarded and the previous one stays valid
     */
    void storeWindow() throws IOException {
        WindowFile.Window window = takeOffered();
        if (window != null) {
            WindowFile.store(folder, window);
            windowPlace = window.place();
        }
    }

    /**
     * Stores up to where each sink is done, if that has changed.
     *
     * @throws IOException if it cannot be written
     */
    void storeCursors(Journal journal) throws IOException {
        Map<String, Place> places = new LinkedHashMap<>(log.donePlaces());
        CursorFile.Known current = new CursorFile.Known(journal.generation(), journal.events(), places);
        if (!current.equals(stored)) {
            new CursorFile(folder).store(current);
            stored = current;
        }
    }

    /** Returns up to where the journal is needed neither by a sink nor to restore the window. */
    Place releasable() {
        Place least = durable ? windowPlace : Place.END;
        Collection<Place> done = stored.generation() == 0
                ? log.donePlaces().values()
                : stored.cursors().values();
        for (Place place : done) {
            least = Place.earlier(least, place);
        }
        return least;
    }
}

package io.webwatch.log;

import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All cursors of a log, and how far they have come together. Guarded by the log's lock. */
final class CursorSet {
    private final LogLock lock;
    private final List<Cursor> cursors = new ArrayList<>();

    CursorSet(LogLock lock) {
        this.lock = lock;
    }

    void add(Cursor cursor) {
        lock.assertHeld();
        cursors.add(cursor);
    }

    /** Returns the position up to which every cursor is done; the maximum if there is no cursor. */
    long minDone() {
        lock.assertHeld();
        return cursors.stream().mapToLong(Cursor::done).min().orElse(Long.MAX_VALUE);
    }

    /** Returns the position up to which the cursors of all sinks are done; the maximum if there is no sink. */
    long minDoneBySinks() {
        lock.assertHeld();
        return cursors.stream()
                .filter(Cursor::isForSink)
                .mapToLong(Cursor::done)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Returns the position up to which the cursors that read only memory have read; the maximum if there is none. */
    long minReadFromMemoryOnly() {
        lock.assertHeld();
        return cursors.stream()
                .filter(cursor -> !cursor.isForSink())
                .mapToLong(Cursor::read)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Returns up to where each sink is done, by the sink's name. */
    Map<String, Place> donePlaces() {
        lock.assertHeld();
        Map<String, Place> places = new LinkedHashMap<>();
        for (Cursor cursor : cursors) {
            String name = cursor.name();
            if (name != null) {
                places.put(name, cursor.donePlace());
            }
        }
        return places;
    }

    /** Returns up to where each sink's cursor has read. */
    Map<Cursor, Place> readPlaces() {
        lock.assertHeld();
        Map<Cursor, Place> places = new LinkedHashMap<>();
        cursors.stream().filter(Cursor::isForSink).forEach(cursor -> places.put(cursor, cursor.readPlace()));
        return places;
    }

    /**
     * Gives the sinks' cursors the journal.
     *
     * @param known up to where each sink was done; without any knowledge, all sinks start at the oldest batch
     */
    void journalOpened(Journal journal, CursorFile.Known known) {
        lock.assertHeld();
        boolean hasBacklog = !journal.isEmpty();
        for (Cursor cursor : cursors) {
            if (cursor.isForSink()) {
                Place start =
                        known.generation() == 0 ? Place.START : known.cursors().get(cursor.name());
                cursor.journalOpened(journal, hasBacklog ? start : null);
            }
        }
    }

    void evicted(Memory.Entry entry) {
        lock.assertHeld();
        cursors.forEach(cursor -> cursor.evicted(entry));
    }

    void closeReaders() {
        lock.assertHeld();
        cursors.forEach(Cursor::closeReader);
    }
}

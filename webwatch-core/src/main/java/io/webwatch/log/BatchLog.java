package io.webwatch.log;

import io.webwatch.event.Event;
import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import io.webwatch.journal.Segment;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The log of batches: one appender and any number of cursors, each at its own pace. A batch leaves memory when every
 * cursor is done with it, or when memory is above its size limit, oldest first. Cursors of sinks read an evicted
 * batch from the {@link Journal} if it is there; for other cursors it is lost and counted. Thread-safe; request
 * threads never take its lock, and no thread waits for a disk while holding it.
 */
public final class BatchLog {
    private final LogLock lock = new LogLock();
    private final Condition appended = lock.newCondition();
    private final CursorSet cursors = new CursorSet(lock);
    private final Memory memory;
    private final Eviction eviction;
    private final SpoolFeed spoolFeed;
    private final String id;
    private final long maxBytes;
    private long next = 1;
    private long end; // position of the newest batch
    private boolean journalExpected;
    private @Nullable Journal journal;
    private boolean closed;

    /**
     * Creates an empty log.
     *
     * @param id identity under which stores remember positions; at most 16 characters
     * @param maxBytes size limit of the batches in memory; the newest batch is kept whatever its size
     */
    public BatchLog(String id, long maxBytes, TimeSource time) {
        this.id = id;
        this.maxBytes = maxBytes;
        this.memory = new Memory(lock, time);
        this.eviction = new Eviction(lock, memory, cursors, maxBytes);
        this.spoolFeed = new SpoolFeed(lock, memory, cursors, eviction, maxBytes, time);
    }

    /** Creates a cursor that starts after the newest batch and reads only memory. */
    public Cursor cursor() {
        return add(null);
    }

    /**
     * Creates a cursor for a sink, which also reads the journal and whose progress is stored under the sink's name.
     */
    public Cursor cursor(String sinkName) {
        return add(sinkName);
    }

    private Cursor add(@Nullable String sinkName) {
        lock.lock();
        try {
            Cursor cursor = new Cursor(this, sinkName, end);
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the identity of the log. */
    public String id() {
        return id;
    }

    /**
     * Appends a batch and wakes the cursors that wait for it. May wait a moment for the journal when memory is full.
     *
     * @param events in order, at least one
     * @param size estimated size in memory, in bytes
     */
    public void append(List<Event> events, long size) {
        lock.lock();
        try {
            if (memory.bytes() + size > maxBytes) {
                spoolFeed.awaitRoom(size);
            }
            publish(prepare(events, size), false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends a prepared batch that is not in the journal, as {@link #append(List, long)} does. If this fails, it can be
     * repeated with the same batch, which is appended once.
     */
    public void append(EventBatch batch) {
        lock.lock();
        try {
            if (batch.position() > end && memory.bytes() + batch.bytes() > maxBytes) {
                spoolFeed.awaitRoom(batch.bytes());
            }
            publish(batch, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Creates the batch that the next {@link #publish} appends. Its position is used even if it is never published.
     */
    public EventBatch prepare(List<Event> events, long size) {
        return lock.call(() -> new EventBatch(id, next++, events, size));
    }

    /**
     * Appends a prepared batch and wakes the cursors that wait for it. If this fails, it can be repeated with the same
     * batch, which is appended once.
     *
     * @param isJournalled whether it is in the journal already
     */
    public void publish(EventBatch batch, boolean isJournalled) {
        lock.lock();
        try {
            if (batch.position() > end) {
                memory.add(batch, isJournalled); // fails as a whole or not at all
                end = batch.position();
                next = Math.max(next, end + 1);
            }
            Memory.Entry oldest = memory.after(0);
            boolean isFirst = oldest != null && oldest.position() == batch.position();
            eviction.removeDone();
            eviction.enforceLimit();
            appended.signalAll();
            spoolFeed.batchAppended(isFirst);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the log: cursors read what is left and then report the end. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // The cursors use these methods and hold the lock.

    LogLock lock() {
        return lock;
    }

    Condition appended() {
        return appended;
    }

    Memory memory() {
        return memory;
    }

    long endPosition() {
        lock.assertHeld();
        return end;
    }

    boolean isClosed() {
        lock.assertHeld();
        return closed;
    }

    /** Returns whether it is not known yet what earlier runs left in the journal. */
    boolean isJournalExpected() {
        lock.assertHeld();
        return journalExpected;
    }

    @Nullable
    Journal journal() {
        lock.assertHeld();
        return journal;
    }

    /** Returns the generation of this run in the journal, or 0 without a journal. */
    long generation() {
        lock.assertHeld();
        return journal == null ? 0 : journal.generation();
    }

    void cursorAdvanced() {
        eviction.removeDone();
        spoolFeed.cursorAdvanced();
    }

    // The spool uses these methods, which take the lock.

    SpoolFeed spoolFeed() {
        return spoolFeed;
    }

    /** Makes the sinks' cursors wait until the journal was opened, or could not be. */
    void expectJournal() {
        lock.run(() -> journalExpected = true);
    }

    /**
     * Gives the sinks' cursors the journal, and the batches of earlier runs that it contains for them.
     *
     * @param opened null if it could not be opened
     * @param known up to where each sink was done
     */
    void journalOpened(@Nullable Journal opened, CursorFile.Known known) {
        lock.lock();
        try {
            journalExpected = false;
            journal = opened;
            if (opened != null) {
                cursors.journalOpened(opened, known);
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns up to where each sink is done, by the sink's name. */
    Map<String, Place> donePlaces() {
        return lock.call(cursors::donePlaces);
    }

    /** Marks a segment as dropped and counts, for each sink, the events in it that the sink has not read. */
    void segmentDropped(Segment segment) {
        Map<Cursor, Place> places = lock.call(() -> {
            segment.markDropped(); // under the lock: otherwise a cursor could skip the segment before its place is read
            return cursors.readPlaces();
        });
        places.forEach((cursor, place) -> {
            long events = eventsAfter(segment, place); // reads the file, therefore without the lock
            lock.run(() -> cursor.addLost(events));
        });
    }

    private static long eventsAfter(Segment segment, Place place) {
        try {
            return segment.eventsAfter(place);
        } catch (IOException e) {
            return segment.events();
        }
    }

    /** Closes the cursors' files in the journal. To be called after the deliveries have ended. */
    void closeReaders() {
        lock.run(cursors::closeReaders);
    }
}

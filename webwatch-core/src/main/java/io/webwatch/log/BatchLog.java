package io.webwatch.log;

import io.webwatch.event.Event;
import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import io.webwatch.journal.Segment;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of batches: one appender, any number of cursors, each at its own pace. A batch leaves memory when every cursor
 * is done with it, or when the log is above its bound: then the oldest goes. If it stands in the {@link Journal}, the
 * cursors of sinks read it from there; to the others it is lost, and counted. Thread-safe; no request thread ever takes
 * its lock, and nobody waits for a disk while holding it.
 *
 * <p>This file is past four hundred lines because every step under the one lock stands in it.
 *
 * <p>This file is long because the lock guards log, memory and cursors together.
 */
public final class BatchLog {
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    final ReentrantLock lock = new ReentrantLock();
    final Condition appended = lock.newCondition();
    final Memory memory = new Memory();
    long end; // position of the newest batch
    long journalled; // position of the last batch in the journal
    boolean opening; // it is not known yet what the journal holds
    boolean closed;

    @Nullable
    Journal journal;

    private final String id;
    private final long maxBytes;
    private final Condition spoolNews = lock.newCondition();
    private final Condition spooled = lock.newCondition();
    private final List<Cursor> cursors = new ArrayList<>();
    private long next = 1;
    private boolean pressed; // the appender waits for room
    private boolean spooling; // the journal takes what it is given
    private boolean spoolStopped;

    /**
     * An empty log.
     *
     * @param id identity under which stores remember positions; at most 16 characters
     * @param maxBytes bound of the batches in memory; the newest batch is kept whatever its size
     */
    public BatchLog(String id, long maxBytes) {
        this.id = id;
        this.maxBytes = maxBytes;
    }

    /** A place in the log from which a reader reads on; begins after the newest batch, and reads memory alone. */
    public Cursor cursor() {
        return add(null);
    }

    /** The same for a sink of that name, whose place is kept in the journal. */
    public Cursor cursor(String name) {
        return add(name);
    }

    private Cursor add(@Nullable String name) {
        lock.lock();
        try {
            Cursor cursor = new Cursor(this, name, end);
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    /** Identity of the log. */
    public String id() {
        return id;
    }

    /**
     * Appends a batch of these events and wakes whoever waits for it.
     *
     * @param events in order, at least one
     * @param size their estimated bytes in memory
     */
    public EventBatch append(List<Event> events, long size) {
        lock.lock();
        try {
            if (memory.bytes() + size > maxBytes) {
                awaitRoom(size);
            }
            EventBatch batch = new EventBatch(id, next, events, size);
            publish(batch, false);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** The batch that the next {@link #publish} appends; its position is used up even if it never is. */
    public EventBatch prepare(List<Event> events, long size) {
        lock.lock();
        try {
            return new EventBatch(id, next++, events, size);
        } finally {
            lock.unlock();
        }
    }

    /** Appends a prepared batch, which perhaps is in the journal already. */
    public void publish(EventBatch batch, boolean isJournalled) {
        lock.lock();
        try {
            boolean first = memory.isEmpty();
            end = batch.position();
            next = Math.max(next, end + 1);
            memory.add(batch, isJournalled);
            journalled = isJournalled ? end : journalled;
            memory.trim(leastDone());
            while (memory.bytes() > maxBytes && memory.size() > 1) {
                evict(memory.oldestUnclaimed());
            }
            appended.signalAll();
            if (first || memory.unjournalledBytes() > maxBytes / 2) {
                spoolNews.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the log: cursors read what is left and then learn that there is no more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Position of the newest batch. */
    public long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a disk that works, but not as fast as events come, catch up for a moment: the ring has room meanwhile, and who
     * finds it full is asked to come again, while what is evicted is lost.
     */
    private void awaitRoom(long size) {
        evictJournalled(maxBytes - size);
        long left = MOST_WAIT_NANOS;
        try {
            while (memory.bytes() + size > maxBytes && spooling && leastDoneOfSinks() < end && left > 0) {
                pressed = true;
                spoolNews.signalAll();
                left = spooled.awaitNanos(left);
                evictJournalled(maxBytes - size);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pressed = false;
        }
    }

    /** Lets go of what lagging cursors can read from the disk; those that cannot have read it. */
    private void evictJournalled(long most) {
        while (memory.bytes() > most && memory.size() > 1) {
            Memory.Entry oldest = memory.oldest();
            if (!oldest.isJournalled() || oldest.position() > leastReadWithoutJournal()) {
                return;
            }
            evict(oldest);
        }
    }

    private void evict(Memory.Entry entry) {
        memory.remove(entry);
        cursors.forEach(cursor -> cursor.evicted(entry));
    }

    private long leastDone() {
        return cursors.stream().mapToLong(Cursor::done).min().orElse(end);
    }

    private long leastDoneOfSinks() {
        return cursors.stream()
                .filter(Cursor::isSinks)
                .mapToLong(Cursor::done)
                .min()
                .orElse(end);
    }

    private long leastReadWithoutJournal() {
        return cursors.stream()
                .filter(cursor -> !cursor.isSinks())
                .mapToLong(Cursor::read)
                .min()
                .orElse(end);
    }

    // What follows is the cursors' and the spool's.

    /** Number of this run in the journal; 0 while there is none. The lock is held, or the journal known. */
    long generation() {
        Journal open = journal;
        return open == null ? 0 : open.generation();
    }

    /** A cursor is done with more; the lock is held. */
    void moved() {
        memory.trim(leastDone());
        spooled.signalAll();
    }

    /** Lets the sinks' cursors wait until the journal of earlier runs is known. */
    void opening() {
        lock.lock();
        try {
            opening = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the sinks' cursors the journal, and what it holds for them of earlier runs.
     *
     * @param opened null when there is none now
     * @param known up to where each sink was done; one that is not among them gets all when nothing is known at all
     */
    void opened(@Nullable Journal opened, CursorFile.Known known) {
        boolean holds = opened != null && !opened.isEmpty();
        lock.lock();
        try {
            opening = false;
            journal = opened;
            for (Cursor cursor : cursors) {
                if (cursor.isSinks() && opened != null) {
                    Place start = known.generation() == 0
                            ? Place.START
                            : known.cursors().get(cursor.name());
                    cursor.opened(opened, holds ? start : null);
                }
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for batches that are to go to the journal: at most a moment while there is something to look after, else until
     * there is. A cursor lags when a batch has waited for {@code lagNanos}, or half of the bound is taken.
     */
    List<EventBatch> awaitLagging(long lagNanos, boolean busy, long tickMillis) throws InterruptedException {
        lock.lock();
        try {
            if (!spoolStopped && lagging(lagNanos).isEmpty()) {
                if (busy || !memory.isEmpty()) {
                    spoolNews.await(tickMillis, TimeUnit.MILLISECONDS);
                } else {
                    spoolNews.await();
                }
            }
            return lagging(lagNanos);
        } finally {
            lock.unlock();
        }
    }

    private List<EventBatch> lagging(long lagNanos) {
        long unjournalled = memory.unjournalledBytes();
        if (unjournalled == 0) {
            return List.of();
        }
        long enough = pressed ? 0 : maxBytes / 4;
        long excess = pressed || unjournalled > maxBytes / 2 ? unjournalled - enough : 0;
        return memory.oldestAfter(firstToJournal(), System.nanoTime() - lagNanos, excess);
    }

    /** Everything in memory that some sink is not done with and that is not in the journal. */
    List<EventBatch> undone() {
        lock.lock();
        try {
            return memory.oldestAfter(firstToJournal(), System.nanoTime(), Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    private long firstToJournal() {
        return Math.max(leastDoneOfSinks(), journalled);
    }

    /** Tells whether the journal takes what it is given, so that it is worth waiting for. */
    void spooling(boolean works) {
        lock.lock();
        try {
            spooling = works;
            spooled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a batch in memory while it is written; false when it is gone already, and counted. */
    boolean claim(EventBatch batch) {
        lock.lock();
        try {
            return memory.claim(batch.position());
        } finally {
            lock.unlock();
        }
    }

    /** A batch that was claimed could not be written. */
    void unclaim(EventBatch batch) {
        lock.lock();
        try {
            memory.unclaim(batch.position());
        } finally {
            lock.unlock();
        }
    }

    /** A batch stands in the journal now. */
    void journalled(EventBatch batch) {
        lock.lock();
        try {
            journalled = Math.max(journalled, batch.position());
            memory.journalled(batch.position());
            evictJournalled(pressed ? 0 : maxBytes / 2); // room for what comes: a lagging cursor reads from the disk
            spooled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Up to where each sink is done. */
    Map<String, Place> donePlaces() {
        lock.lock();
        try {
            Map<String, Place> places = new LinkedHashMap<>();
            for (Cursor cursor : cursors) {
                String name = cursor.name();
                if (name != null) {
                    places.put(name, cursor.donePlace());
                }
            }
            return places;
        } finally {
            lock.unlock();
        }
    }

    /** Counts for each sink what it had still to read of a segment that goes. */
    void dropped(Segment segment) {
        Map<Cursor, Place> places = new LinkedHashMap<>();
        lock.lock();
        try {
            cursors.stream().filter(Cursor::isSinks).forEach(cursor -> places.put(cursor, cursor.readPlace()));
        } finally {
            lock.unlock();
        }
        places.forEach((cursor, place) -> {
            long events = eventsAfter(segment, place);
            lock.lock();
            try {
                cursor.lost(events);
            } finally {
                lock.unlock();
            }
        });
    }

    private static long eventsAfter(Segment segment, Place place) {
        if (place.generation() > segment.generation) {
            return 0;
        }
        try {
            return segment.eventsAfter(place.generation() < segment.generation ? 0 : place.position());
        } catch (IOException e) {
            return segment.events();
        }
    }

    /** Lets go of the journal's files; after the deliveries ended. */
    void closeReaders() {
        lock.lock();
        try {
            cursors.forEach(Cursor::close);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the spool for good. */
    void stopSpool() {
        lock.lock();
        try {
            spoolStopped = true;
            spoolNews.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

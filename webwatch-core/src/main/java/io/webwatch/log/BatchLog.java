package io.webwatch.log;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of batches: one appender, any number of cursors, each at its own pace. A batch leaves memory when every cursor
 * is done with it, or when the log is above its bound: then the oldest goes. If it stands in the {@link Journal}, kept
 * cursors read it from there; to the others it is lost, and counted. Thread-safe; no request thread ever takes its lock,
 * and nobody waits for a disk while holding it.
 */
public final class BatchLog {
    /** A batch in memory. */
    private static final class Entry {
        private final EventBatch batch;
        private final long appendedNanos;
        private boolean journalled;
        private boolean claimed;

        private Entry(EventBatch batch, long appendedNanos, boolean journalled) {
            this.batch = batch;
            this.appendedNanos = appendedNanos;
            this.journalled = journalled;
        }
    }

    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String id;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Condition spoolNews = lock.newCondition();
    private final Condition spooled = lock.newCondition();
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final List<Cursor> cursors = new ArrayList<>();
    private long end; // position of the newest batch
    private long next = 1;
    private long bytes;
    private long journalled; // position of the last batch in the journal
    private long unjournalledBytes;
    private boolean opening;
    private boolean closed;
    private boolean spoolStopped;
    private boolean pressed; // the appender waits for room
    private boolean spooling; // the journal takes what it is given
    private @Nullable Journal journal;

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
            Cursor cursor = new Cursor(name, end);
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
            if (bytes + size > maxBytes) {
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
    EventBatch prepare(List<Event> events, long size) {
        lock.lock();
        try {
            return new EventBatch(id, next++, events, size);
        } finally {
            lock.unlock();
        }
    }

    /** Appends a prepared batch, which perhaps is in the journal already. */
    void publish(EventBatch batch, boolean isJournalled) {
        lock.lock();
        try {
            boolean first = entries.isEmpty();
            end = batch.position();
            next = Math.max(next, end + 1);
            entries.put(end, new Entry(batch, System.nanoTime(), isJournalled));
            bytes += batch.bytes();
            if (isJournalled) {
                journalled = end;
            } else {
                unjournalledBytes += batch.bytes();
            }
            trim();
            evict();
            appended.signalAll();
            if (first || unjournalledBytes > maxBytes / 2) {
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

    private void evict() {
        while (bytes > maxBytes && entries.size() > 1) {
            Entry oldest = entries.firstEntry().getValue();
            remove(oldest.claimed ? entries.higherEntry(oldest.batch.position()).getValue() : oldest);
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
            while (bytes + size > maxBytes && spooling && leastDone(true) < end && left > 0) {
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
        while (bytes > most && entries.size() > 1) {
            Entry oldest = entries.firstEntry().getValue();
            if (!oldest.journalled || oldest.batch.position() > leastRead()) {
                return;
            }
            remove(oldest);
        }
    }

    private long leastRead() {
        long read = end;
        for (Cursor cursor : cursors) {
            if (cursor.name == null) {
                read = Math.min(read, cursor.read);
            }
        }
        return read;
    }

    private void remove(Entry entry) {
        EventBatch batch = entry.batch;
        entries.remove(batch.position());
        bytes -= batch.bytes();
        if (!entry.journalled) {
            unjournalledBytes -= batch.bytes();
        }
        for (Cursor cursor : cursors) {
            boolean elsewhere = entry.journalled && cursor.name != null;
            if (cursor.read < batch.position() && !elsewhere) {
                cursor.lost += batch.size();
                if (cursor.name == null || journalled <= cursor.read) {
                    cursor.skipTo(batch.position());
                }
            }
        }
    }

    private void trim() {
        long done = leastDone(false);
        while (!entries.isEmpty() && entries.firstKey() <= done) {
            Entry oldest = entries.pollFirstEntry().getValue();
            bytes -= oldest.batch.bytes();
            if (!oldest.journalled) {
                unjournalledBytes -= oldest.batch.bytes();
            }
        }
    }

    private long leastDone(boolean keptAlone) {
        long done = end;
        for (Cursor cursor : cursors) {
            if (!keptAlone || cursor.name != null) {
                done = Math.min(done, cursor.done);
            }
        }
        return done;
    }

    // What follows is the spool's.

    /** Lets kept cursors wait until the journal of earlier runs is known. */
    void opening() {
        lock.lock();
        try {
            opening = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the kept cursors the journal, and what it holds for them of earlier runs.
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
                if (cursor.name != null && opened != null) {
                    cursor.reader = new JournalReader(opened);
                    Place start = known.generation() == 0
                            ? Place.START
                            : known.cursors().get(cursor.name);
                    if (holds && start != null) {
                        cursor.backlog = true;
                        cursor.backlogRead = start;
                        cursor.backlogDone = start;
                    }
                }
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for batches that are to go to the journal, at most a moment while there is something to look after, else
     * until there is. A cursor lags when a batch has waited for {@code lagNanos}, or half of the bound is taken.
     */
    List<EventBatch> awaitLagging(long lagNanos, boolean busy, long tickMillis) throws InterruptedException {
        lock.lock();
        try {
            if (!spoolStopped && lagging(lagNanos).isEmpty()) {
                if (busy || !entries.isEmpty()) {
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

    /** Everything in memory that some kept cursor is not done with and that is not in the journal. */
    List<EventBatch> undone() {
        lock.lock();
        try {
            return lagging(Long.MIN_VALUE);
        } finally {
            lock.unlock();
        }
    }

    private List<EventBatch> lagging(long lagNanos) {
        List<EventBatch> lagging = new ArrayList<>();
        if (unjournalledBytes == 0) {
            return lagging;
        }
        long now = System.nanoTime();
        long enough = pressed ? 0 : maxBytes / 4;
        long excess = pressed || unjournalledBytes > maxBytes / 2 ? unjournalledBytes - enough : 0;
        long from = Math.max(leastDone(true), journalled);
        for (Entry entry : entries.tailMap(from, false).values()) {
            boolean late = lagNanos == Long.MIN_VALUE || now - entry.appendedNanos > lagNanos;
            if (!late && excess <= 0) {
                break;
            }
            lagging.add(entry.batch);
            excess -= entry.batch.bytes();
        }
        return lagging;
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
            Entry entry = entries.get(batch.position());
            if (entry != null) {
                entry.claimed = true;
            }
            return entry != null;
        } finally {
            lock.unlock();
        }
    }

    /** A batch that was claimed could not be written. */
    void unclaim(EventBatch batch) {
        lock.lock();
        try {
            Entry entry = entries.get(batch.position());
            if (entry != null) {
                entry.claimed = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A batch stands in the journal now. */
    void journalled(long position) {
        lock.lock();
        try {
            journalled = Math.max(journalled, position);
            Entry entry = entries.get(position);
            if (entry != null && !entry.journalled) {
                entry.journalled = true;
                entry.claimed = false;
                unjournalledBytes -= entry.batch.bytes();
            }
            // Room for what comes: a lagging cursor reads from the disk.
            evictJournalled(pressed ? 0 : maxBytes / 2);
            spooled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Up to where each kept cursor is done. */
    Map<String, Place> donePlaces(long generation) {
        lock.lock();
        try {
            Map<String, Place> places = new LinkedHashMap<>();
            for (Cursor cursor : cursors) {
                if (cursor.name != null) {
                    places.put(cursor.name, cursor.backlog ? cursor.backlogDone : new Place(generation, cursor.done));
                }
            }
            return places;
        } finally {
            lock.unlock();
        }
    }

    /** Counts for each kept cursor what it had still to read of a segment that goes. */
    void dropped(Segment segment) {
        List<Cursor> kept;
        List<Place> places = new ArrayList<>();
        lock.lock();
        try {
            kept = cursors.stream().filter(cursor -> cursor.name != null).toList();
            for (Cursor cursor : kept) {
                places.add(cursor.readPlace(journal == null ? 0 : journal.generation()));
            }
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < kept.size(); i++) {
            long events = eventsAfter(segment, places.get(i));
            lock.lock();
            try {
                kept.get(i).lost += events;
            } finally {
                lock.unlock();
            }
        }
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

    /** A reader's place. Its reading methods belong to one thread. */
    public final class Cursor {
        private final @Nullable String name;
        private long read;
        private long done;
        private long lost;
        private long damaged;
        private boolean woken;
        private boolean backlog;
        private Place backlogRead = Place.START;
        private Place backlogDone = Place.START;
        private long backlogOut; // batches of earlier runs that were read and are not done
        private boolean backlogOver;
        private @Nullable JournalReader reader;

        private Cursor(@Nullable String name, long read) {
            this.name = name;
            this.read = read;
            this.done = read;
        }

        /** Whether it is a sink's, and not the live view's. */
        boolean isSinks() {
            return name != null;
        }

        /** Whether the journal keeps what it does not read before the application ends. */
        boolean isKept() {
            lock.lock();
            try {
                return name != null && journal != null;
            } finally {
                lock.unlock();
            }
        }

        /**
         * Reads the next batch, waiting for it if need be; null when none came in time, none will ever come, or {@link
         * #wake} was called. A batch of an earlier run comes as that run numbered it.
         *
         * @param waitMillis 0 for no wait
         * @throws InterruptedException when interrupted while waiting
         */
        public @Nullable EventBatch next(long waitMillis) throws InterruptedException {
            while (true) {
                JournalReader from;
                Place after;
                Place before;
                lock.lockInterruptibly();
                try {
                    await(waitMillis);
                    woken = false;
                    if (!isAvailable()) {
                        return null;
                    }
                    Map.Entry<Long, Entry> inMemory = entries.higherEntry(read);
                    boolean earlier = journalled > read && (inMemory == null || inMemory.getKey() > read + 1);
                    from = reader;
                    if (from == null || !readsBacklog() && !earlier) {
                        if (inMemory == null) {
                            skipTo(end); // what was there is lost, and counted
                            continue;
                        }
                        read = inMemory.getKey();
                        return inMemory.getValue().batch;
                    }
                    long generation = generation();
                    after = readsBacklog() ? backlogRead : new Place(generation, read);
                    before = readsBacklog()
                            ? new Place(generation, 0)
                            : new Place(generation, inMemory == null ? Long.MAX_VALUE : inMemory.getKey());
                } finally {
                    lock.unlock();
                }
                EventBatch batch = fromJournal(from, after, before);
                if (batch != null) {
                    return batch;
                }
            }
        }

        private @Nullable EventBatch fromJournal(JournalReader from, Place after, Place before) {
            EventBatch batch;
            try {
                batch = from.next(after, before);
            } catch (IOException e) {
                throw new UncheckedIOException("The journal cannot be read: " + e.getMessage(), e);
            }
            lock.lock();
            try {
                long unreadable = from.takeDamaged();
                if (batch != null && from.isDropped()) {
                    return null; // it was counted as lost when the segment went
                }
                damaged += unreadable;
                if (readsBacklog()) {
                    if (batch == null) {
                        backlogOver = true;
                        backlogIsDone();
                    } else {
                        backlogRead = from.place();
                        backlogOut++;
                    }
                } else if (batch == null) {
                    long upTo = before.position() == Long.MAX_VALUE ? journalled : before.position() - 1;
                    skipTo(upTo);
                } else {
                    read = Math.max(read, batch.position());
                }
                return batch;
            } finally {
                lock.unlock();
            }
        }

        /** The sink has taken or refused all of a batch; it needs not be kept for this cursor any longer. */
        void done(EventBatch batch) {
            lock.lock();
            try {
                if (batch.log().equals(id)) {
                    done = Math.max(done, batch.position());
                    trim();
                    spooled.signalAll();
                } else if (backlog && backlogOut > 0) {
                    Journal from = journal;
                    Long generation = from == null ? null : from.generationOf(batch.log());
                    if (generation != null) {
                        backlogDone = new Place(generation, batch.position());
                        backlogOut--;
                        backlogIsDone();
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        /** Passes over what is not there any more. */
        private void skipTo(long position) {
            boolean idle = done == read;
            read = Math.max(read, position);
            done = idle ? read : done;
        }

        private void backlogIsDone() {
            backlog = !backlogOver || backlogOut > 0;
            trim();
        }

        private boolean readsBacklog() {
            return backlog && !backlogOver;
        }

        private long generation() {
            return journal == null ? 0 : journal.generation();
        }

        private Place readPlace(long generation) {
            return readsBacklog() ? backlogRead : new Place(generation, read);
        }

        private boolean isAvailable() {
            return !(opening && name != null) && (readsBacklog() || read < end);
        }

        private void await(long waitMillis) throws InterruptedException {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (!isAvailable() && !isOver() && !woken && left > 0) {
                left = appended.awaitNanos(left);
            }
        }

        private boolean isOver() {
            return closed && !(opening && name != null);
        }

        /**
         * Waits until there is a batch to read, the log is closed or {@link #wake} is called; whether there is one.
         *
         * @throws InterruptedException when interrupted while waiting
         */
        boolean awaitAvailable(long waitMillis) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                await(waitMillis);
                woken = false;
                return isAvailable();
            } finally {
                lock.unlock();
            }
        }

        /** Ends a wait for a batch early. */
        void wake() {
            lock.lock();
            try {
                woken = true;
                appended.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Whether nothing more will be appended. */
        boolean isClosed() {
            lock.lock();
            try {
                return closed;
            } finally {
                lock.unlock();
            }
        }

        /** Whether everything was read and nothing more will come. */
        public boolean isAtEnd() {
            lock.lock();
            try {
                return isOver() && !isAvailable();
            } finally {
                lock.unlock();
            }
        }

        /** Events that left the log before they were read, since the last call. */
        public long takeLost() {
            lock.lock();
            try {
                long taken = lost;
                lost = 0;
                return taken;
            } finally {
                lock.unlock();
            }
        }

        /** Events that the journal no longer holds intact, since the last call. */
        long takeDamaged() {
            lock.lock();
            try {
                long taken = damaged;
                damaged = 0;
                return taken;
            } finally {
                lock.unlock();
            }
        }

        /** Events in memory that it was not done with and that are not in the journal. */
        long unkept() {
            lock.lock();
            try {
                long events = 0;
                for (Entry entry : entries.tailMap(done, false).values()) {
                    if (!entry.journalled || name == null) {
                        events += entry.batch.size();
                    }
                }
                return events;
            } finally {
                lock.unlock();
            }
        }

        /** Batches that it is not done with; an estimate where there are gaps. */
        long lag() {
            Journal from;
            Place place;
            long lag;
            lock.lock();
            try {
                from = backlog ? journal : null;
                place = backlogDone;
                lag = end - done;
            } finally {
                lock.unlock();
            }
            return from == null ? lag : lag + from.batchesOfEarlierRuns(place);
        }
    }
}

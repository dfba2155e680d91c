package io.webwatch.log;

import io.webwatch.journal.Journal;
import io.webwatch.journal.JournalReader;
import io.webwatch.journal.Place;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A reader's position in the log: up to where it has read, and up to where it is done. A sink's cursor first reads
 * what earlier runs left in the journal, then the log: from memory, or from the journal what is no longer in memory.
 * The reading methods may be called by one thread only; all state is guarded by the log's lock.
 */
public final class Cursor {
    private final BatchLog log;
    private final LogLock lock;
    private final Memory memory;
    private final @Nullable String sinkName;
    private final Backlog backlog;
    private long read;
    private long done;
    private long evicted;
    private long damaged;
    private boolean woken;
    private @Nullable JournalReader reader;

    /**
     * Events that a cursor lost.
     *
     * @param evicted events that left the log before they were read
     * @param damaged events that the journal no longer holds intact
     */
    public record Losses(long evicted, long damaged) {}

    /** The batches to read from the journal: those between two places. */
    private record JournalRange(JournalReader reader, Place after, Place before) {}

    Cursor(BatchLog log, @Nullable String sinkName, long read) {
        this.log = log;
        this.lock = log.lock();
        this.memory = log.memory();
        this.sinkName = sinkName;
        this.backlog = new Backlog(lock);
        this.read = read;
        this.done = read;
    }

    /** Returns whether it belongs to a sink, and not to the live view. */
    public boolean isForSink() {
        return sinkName != null;
    }

    /** Returns whether the journal keeps the batches that are not read before the application stops. */
    public boolean isJournalled() {
        return lock.call(() -> sinkName != null && log.journal() != null);
    }

    /**
     * Reads the next batch and waits for it if necessary. A batch of an earlier run has the log id and position of
     * that run.
     *
     * @param waitMillis maximum time to wait; 0 not to wait
     * @return the batch, or null if none arrived in time, none will ever arrive, or {@link #wake} was called
     * @throws InterruptedException if the thread is interrupted while waiting
     * @throws UncheckedIOException if the journal cannot be read; the call can be repeated
     */
    public @Nullable EventBatch next(long waitMillis) throws InterruptedException {
        while (true) {
            JournalRange range;
            lock.lockInterruptibly();
            try {
                await(waitMillis);
                woken = false;
                if (!isAvailable()) {
                    return null;
                }
                range = nextInJournal();
                if (range == null) {
                    Memory.Entry entry = memory.after(read);
                    if (entry != null) {
                        read = entry.position();
                        return entry.batch;
                    }
                    skipTo(log.endPosition()); // the batches were evicted, and counted as lost
                    continue;
                }
            } finally {
                lock.unlock();
            }
            EventBatch batch = readFromJournal(range);
            if (batch != null) {
                return batch;
            }
        }
    }

    private @Nullable JournalRange nextInJournal() {
        JournalReader open = reader;
        if (open == null) {
            return null;
        }
        if (backlog.isUnread()) {
            return new JournalRange(open, backlog.read(), new Place(log.generation(), 1));
        }
        Memory.Entry inMemory = memory.after(read);
        boolean inJournal = memory.journalledPosition() > read && (inMemory == null || inMemory.position() > read + 1);
        if (!inJournal) {
            return null;
        }
        // The end is fixed now, so that batches that are journalled while reading are not skipped.
        long before = inMemory == null ? memory.journalledPosition() + 1 : inMemory.position();
        return new JournalRange(open, new Place(log.generation(), read), new Place(log.generation(), before));
    }

    /** Reads without the lock, because the disk may be slow. */
    private @Nullable EventBatch readFromJournal(JournalRange range) {
        JournalReader from = range.reader();
        EventBatch batch;
        try {
            batch = from.next(range.after(), range.before());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the journal: " + e.getMessage(), e);
        }
        lock.lock();
        try {
            long unreadable = from.takeDamaged();
            if (batch != null && from.isDropped()) {
                return null; // counted as lost when its segment was deleted
            }
            damaged += unreadable;
            if (backlog.isUnread()) {
                backlogRead(batch, from.place());
            } else if (batch == null) {
                skipTo(range.before().position() - 1);
            } else {
                read = Math.max(read, batch.position());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void backlogRead(@Nullable EventBatch batch, Place place) {
        if (batch == null) {
            backlog.endReached();
            log.cursorAdvanced();
        } else {
            backlog.batchRead(place);
        }
    }

    /** Marks a batch as done: the sink accepted or rejected all of its events, and does not need it any more. */
    public void done(EventBatch batch) {
        lock.lock();
        try {
            Journal journal = log.journal();
            if (batch.log().equals(log.id())) {
                done = Math.max(done, batch.position());
                log.cursorAdvanced();
            } else if (backlog.hasOutstanding() && journal != null) {
                Long generation = journal.generationOf(batch.log());
                if (generation != null) {
                    backlog.batchDone(new Place(generation, batch.position()));
                    log.cursorAdvanced();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Skips batches that no longer exist. */
    private void skipTo(long position) {
        boolean idle = done == read;
        read = Math.max(read, position);
        done = idle ? read : done;
    }

    private boolean isAvailable() {
        return !isHeldBack() && (backlog.isUnread() || read < log.endPosition());
    }

    private boolean isOver() {
        return log.isClosed() && !isHeldBack();
    }

    /** Returns whether it must wait, because earlier runs may have left batches that come first. */
    private boolean isHeldBack() {
        return log.isJournalExpected() && sinkName != null;
    }

    private void await(long waitMillis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (!isAvailable() && !isOver() && !woken && left > 0) {
            left = log.appended().awaitNanos(left);
        }
    }

    /**
     * Waits until there is a batch to read, the log is closed or {@link #wake} is called.
     *
     * @return whether there is a batch
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    public boolean awaitAvailable(long waitMillis) throws InterruptedException {
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
    public void wake() {
        lock.lock();
        try {
            woken = true;
            log.appended().signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the log is closed; there may still be batches to read. */
    public boolean isClosed() {
        return lock.call(log::isClosed);
    }

    /** Returns whether the log is closed and everything was read. */
    public boolean isAtEnd() {
        return lock.call(() -> isOver() && !isAvailable());
    }

    /** Returns the events that were lost since the last call. */
    public Losses takeLosses() {
        lock.lock();
        try {
            Losses taken = new Losses(evicted, damaged);
            evicted = 0;
            damaged = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of events in memory that are neither done nor kept by the journal. */
    public long unkeptEvents() {
        return lock.call(() -> memory.allAfter(done).stream()
                .filter(entry -> !entry.isJournalled() || sinkName == null)
                .mapToLong(entry -> entry.batch.size())
                .sum());
    }

    /** Returns the number of batches that are not done; an estimate where batches are missing. */
    public long lag() {
        Journal earlier;
        Place place;
        long lag;
        lock.lock();
        try {
            earlier = backlog.isPending() ? log.journal() : null;
            place = backlog.done();
            lag = log.endPosition() - done;
        } finally {
            lock.unlock();
        }
        return earlier == null ? lag : lag + earlier.batchesOfEarlierRuns(place);
    }

    // The log uses these methods and holds the lock.

    @Nullable
    String name() {
        return sinkName;
    }

    long read() {
        lock.assertHeld();
        return read;
    }

    long done() {
        lock.assertHeld();
        return done;
    }

    Place readPlace() {
        return backlog.isUnread() ? backlog.read() : new Place(log.generation(), read);
    }

    Place donePlace() {
        return backlog.isPending() ? backlog.done() : new Place(log.generation(), done);
    }

    /** Counts lost events, and wakes a waiting reader so that it can report them. */
    void addLost(long events) {
        lock.assertHeld();
        if (events > 0) {
            evicted += events;
            woken = true;
            log.appended().signalAll();
        }
    }

    /** Counts an evicted batch as lost if it was not read and the cursor cannot read it from the journal. */
    void evicted(Memory.Entry entry) {
        lock.assertHeld();
        boolean inJournal = entry.isJournalled() && sinkName != null;
        if (read < entry.position() && !inJournal) {
            evicted += entry.batch.size();
            if (sinkName == null || memory.journalledPosition() <= read) {
                skipTo(entry.position());
            }
        }
    }

    /**
     * Gives the cursor the journal.
     *
     * @param backlogFrom after which place to read the batches of earlier runs, or null not to read them
     */
    void journalOpened(Journal journal, @Nullable Place backlogFrom) {
        lock.assertHeld();
        reader = new JournalReader(journal);
        if (backlogFrom != null) {
            backlog.start(backlogFrom);
        }
    }

    void closeReader() {
        lock.assertHeld();
        if (reader != null) {
            reader.close();
        }
    }
}

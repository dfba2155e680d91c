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
 * A reader's place in the log: what it has read, and what it is done with. Reads first what the journal holds of earlier
 * runs, then the log: from memory, and from the journal what is there no longer. Its reading methods belong to one
 * thread; all state is guarded by the log's lock.
 */
public final class Cursor {
    private final BatchLog log;
    private final @Nullable String name;
    private long read;
    private long done;
    private long lost;
    private long damaged;
    private boolean woken;
    private boolean backlog; // of earlier runs, not done yet
    private boolean backlogOver; // read to its end
    private long backlogOut; // batches of it that were read and are not done
    private Place backlogRead = Place.START;
    private Place backlogDone = Place.START;
    private @Nullable JournalReader reader;

    Cursor(BatchLog log, @Nullable String name, long read) {
        this.log = log;
        this.name = name;
        this.read = read;
        this.done = read;
    }

    /** Whether it is a sink's, and not the live view's. */
    public boolean isSinks() {
        return name != null;
    }

    /** Whether the journal keeps what it does not read before the application ends. */
    public boolean isKept() {
        log.lock.lock();
        try {
            return name != null && log.journal != null;
        } finally {
            log.lock.unlock();
        }
    }

    /**
     * Reads the next batch, waiting for it if need be; null when none came in time, none will ever come, or {@link #wake}
     * was called. A batch of an earlier run comes as that run numbered it.
     *
     * @param waitMillis 0 for no wait
     * @throws InterruptedException when interrupted while waiting
     * @throws UncheckedIOException when the journal cannot be read now
     */
    public @Nullable EventBatch next(long waitMillis) throws InterruptedException {
        while (true) {
            JournalReader from;
            Place after;
            long upTo;
            log.lock.lockInterruptibly();
            try {
                await(waitMillis);
                woken = false;
                if (!isAvailable()) {
                    return null;
                }
                Memory.Entry inMemory = log.memory.after(read);
                boolean earlier = log.journalled > read && (inMemory == null || inMemory.position() > read + 1);
                from = reader;
                if (from == null || !readsBacklog() && !earlier) {
                    if (inMemory == null) {
                        skipTo(log.end); // what was there is lost, and counted
                        continue;
                    }
                    read = inMemory.position();
                    return inMemory.batch;
                }
                after = readsBacklog() ? backlogRead : new Place(log.generation(), read);
                // What is journalled from now on is not to be passed over.
                upTo = readsBacklog() ? 0 : inMemory == null ? log.journalled : inMemory.position() - 1;
            } finally {
                log.lock.unlock();
            }
            EventBatch batch = fromJournal(from, after, upTo);
            if (batch != null) {
                return batch;
            }
        }
    }

    /** Without the lock, since the disk may take its time. */
    private @Nullable EventBatch fromJournal(JournalReader from, Place after, long upTo) {
        EventBatch batch;
        try {
            batch = from.next(after, new Place(log.generation(), upTo + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("The journal cannot be read: " + e.getMessage(), e);
        }
        log.lock.lock();
        try {
            long unreadable = from.takeDamaged();
            if (batch != null && from.isDropped()) {
                return null; // it was counted as lost when the segment went
            }
            damaged += unreadable;
            if (!readsBacklog()) {
                if (batch == null) {
                    skipTo(upTo);
                } else {
                    read = Math.max(read, batch.position());
                }
            } else if (batch == null) {
                backlogOver = true;
                backlogMoved();
            } else {
                backlogRead = from.place();
                backlogOut++;
            }
            return batch;
        } finally {
            log.lock.unlock();
        }
    }

    /** The sink has taken or refused all of a batch; it needs not be kept for this cursor any longer. */
    public void done(EventBatch batch) {
        log.lock.lock();
        try {
            if (batch.log().equals(log.id())) {
                done = Math.max(done, batch.position());
                log.moved();
            } else if (backlog && backlogOut > 0 && log.journal != null) {
                Long generation = log.journal.generationOf(batch.log());
                if (generation != null) {
                    backlogDone = new Place(generation, batch.position());
                    backlogOut--;
                    backlogMoved();
                }
            }
        } finally {
            log.lock.unlock();
        }
    }

    private void backlogMoved() {
        backlog = !backlogOver || backlogOut > 0;
        log.moved();
    }

    /** Passes over what is not there any more. */
    private void skipTo(long position) {
        boolean idle = done == read;
        read = Math.max(read, position);
        done = idle ? read : done;
    }

    private boolean readsBacklog() {
        return backlog && !backlogOver;
    }

    private boolean isAvailable() {
        return !isHeldBack() && (readsBacklog() || read < log.end);
    }

    private boolean isOver() {
        return log.closed && !isHeldBack();
    }

    /** While it is not known what earlier runs have left. */
    private boolean isHeldBack() {
        return log.opening && name != null;
    }

    private void await(long waitMillis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (!isAvailable() && !isOver() && !woken && left > 0) {
            left = log.appended.awaitNanos(left);
        }
    }

    /**
     * Waits until there is a batch to read, the log is closed or {@link #wake} is called; whether there is one.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    public boolean awaitAvailable(long waitMillis) throws InterruptedException {
        log.lock.lockInterruptibly();
        try {
            await(waitMillis);
            woken = false;
            return isAvailable();
        } finally {
            log.lock.unlock();
        }
    }

    /** Ends a wait for a batch early. */
    public void wake() {
        log.lock.lock();
        try {
            woken = true;
            log.appended.signalAll();
        } finally {
            log.lock.unlock();
        }
    }

    /** Whether nothing more will be appended. */
    public boolean isClosed() {
        log.lock.lock();
        try {
            return log.closed;
        } finally {
            log.lock.unlock();
        }
    }

    /** Whether everything was read and nothing more will come. */
    public boolean isAtEnd() {
        log.lock.lock();
        try {
            return isOver() && !isAvailable();
        } finally {
            log.lock.unlock();
        }
    }

    /** Events that left the log before they were read, since the last call. */
    public long takeLost() {
        log.lock.lock();
        try {
            long taken = lost;
            lost = 0;
            return taken;
        } finally {
            log.lock.unlock();
        }
    }

    /** Events that the journal no longer holds intact, since the last call. */
    public long takeDamaged() {
        log.lock.lock();
        try {
            long taken = damaged;
            damaged = 0;
            return taken;
        } finally {
            log.lock.unlock();
        }
    }

    /** Events in memory that it was not done with and that are not in the journal. */
    public long unkept() {
        log.lock.lock();
        try {
            return log.memory.allAfter(done).stream()
                    .filter(entry -> !entry.isJournalled() || name == null)
                    .mapToLong(entry -> entry.batch.size())
                    .sum();
        } finally {
            log.lock.unlock();
        }
    }

    /** Batches that it is not done with; an estimate where there are gaps. */
    public long lag() {
        Journal earlier;
        Place place;
        long lag;
        log.lock.lock();
        try {
            earlier = backlog ? log.journal : null;
            place = backlogDone;
            lag = log.end - done;
        } finally {
            log.lock.unlock();
        }
        return earlier == null ? lag : lag + earlier.batchesOfEarlierRuns(place);
    }

    // What follows is the log's, which holds the lock.

    @Nullable
    String name() {
        return name;
    }

    long read() {
        return read;
    }

    long done() {
        return done;
    }

    Place readPlace() {
        return readsBacklog() ? backlogRead : new Place(log.generation(), read);
    }

    Place donePlace() {
        return backlog ? backlogDone : new Place(log.generation(), done);
    }

    void lost(long events) {
        lost += events;
    }

    /** A batch leaves memory; that is a loss when it was not read, and not to be had elsewhere. */
    void evicted(Memory.Entry entry) {
        boolean elsewhere = entry.isJournalled() && name != null;
        if (read < entry.position() && !elsewhere) {
            lost += entry.batch.size();
            if (name == null || log.journalled <= read) {
                skipTo(entry.position());
            }
        }
    }

    void close() {
        if (reader != null) {
            reader.close();
        }
    }

    void opened(Journal journal, @Nullable Place backlogFrom) {
        reader = new JournalReader(journal);
        if (backlogFrom != null) {
            backlog = true;
            backlogRead = backlogFrom;
            backlogDone = backlogFrom;
        }
    }
}

package io.webwatch.log;

import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * Passes batches that sinks are slow to take from memory to the {@link Spool}, and makes the appender wait for it
 * when memory is full. Methods that the spool calls take the log's lock; the others are guarded by it.
 */
final class SpoolFeed {
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LogLock lock;
    private final Memory memory;
    private final CursorSet cursors;
    private final Eviction eviction;
    private final long maxBytes;
    private final TimeSource time;
    private final Condition work;
    private final Condition progress;
    private boolean appenderWaiting;
    private boolean journalWritable;
    private boolean stopped;

    SpoolFeed(LogLock lock, Memory memory, CursorSet cursors, Eviction eviction, long maxBytes, TimeSource time) {
        this.lock = lock;
        this.memory = memory;
        this.cursors = cursors;
        this.eviction = eviction;
        this.maxBytes = maxBytes;
        this.time = time;
        this.work = lock.newCondition();
        this.progress = lock.newCondition();
    }

    /**
     * Makes room for a batch by evicting what lagging sinks can read from the journal. If that is not enough, waits a
     * moment for the journal when it works, but not as fast as events arrive. Meanwhile the ring fills up and clients
     * are asked to retry, whereas an evicted batch would be lost.
     */
    void awaitRoom(long size) {
        lock.assertHeld();
        eviction.evictJournalled(maxBytes - size);
        long left = MAX_WAIT_NANOS;
        try {
            while (memory.bytes() + size > maxBytes && journalWritable && hasBatchesForSinks() && left > 0) {
                appenderWaiting = true;
                work.signalAll();
                left = progress.awaitNanos(left);
                eviction.evictJournalled(maxBytes - size);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            appenderWaiting = false;
        }
    }

    private boolean hasBatchesForSinks() {
        return memory.after(cursors.minDoneBySinks()) != null;
    }

    /**
     * Wakes the spool if a batch that was appended gives it something to do.
     *
     * @param isFirst whether memory was empty before
     */
    void batchAppended(boolean isFirst) {
        lock.assertHeld();
        if (isFirst || memory.unjournalledBytes() > maxBytes / 2) {
            work.signalAll();
        }
    }

    /** Wakes the appender after a cursor was done with a batch. */
    void cursorAdvanced() {
        lock.assertHeld();
        progress.signalAll();
    }

    /**
     * Waits for batches to write to the journal. A batch is due when it has been in memory for {@code lagNanos}, or
     * when batches that are not in the journal use more than half of the size limit.
     *
     * @param busy whether the spool has other work and must not wait longer than a tick
     * @return the batches that are due, possibly none
     */
    List<EventBatch> awaitDue(long lagNanos, boolean busy, long tickMillis) throws InterruptedException {
        lock.lock();
        try {
            if (!stopped && due(lagNanos).isEmpty()) {
                if (busy || !memory.isEmpty()) {
                    work.await(tickMillis, TimeUnit.MILLISECONDS);
                } else {
                    work.await();
                }
            }
            return due(lagNanos);
        } finally {
            lock.unlock();
        }
    }

    private List<EventBatch> due(long lagNanos) {
        long unjournalled = memory.unjournalledBytes();
        if (unjournalled == 0) {
            return List.of();
        }
        long target = appenderWaiting ? 0 : maxBytes / 4;
        long excess = appenderWaiting || unjournalled > maxBytes / 2 ? unjournalled - target : 0;
        return memory.oldestAfter(lastNotDue(), time.nanoTime() - lagNanos, excess);
    }

    /** Returns all batches in memory that some sink is not done with and that are not in the journal. */
    List<EventBatch> undone() {
        return lock.call(() ->
                memory.allAfter(lastNotDue()).stream().map(entry -> entry.batch).toList());
    }

    private long lastNotDue() {
        return Math.max(cursors.minDoneBySinks(), memory.journalledPosition());
    }

    /** Sets whether the journal accepts batches, so that it makes sense to wait for it. */
    void setJournalWritable(boolean writable) {
        lock.lock();
        try {
            journalWritable = writable;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps a batch in memory while it is written.
     *
     * @return false if it is no longer in memory, because it is not needed or was counted as lost, or if it is in the
     *     journal already
     */
    boolean claim(EventBatch batch) {
        return lock.call(() -> memory.claim(batch.position()));
    }

    /** Ends a claim whose batch could not be written. */
    void unclaim(EventBatch batch) {
        lock.run(() -> memory.unclaim(batch.position()));
    }

    /** Marks a batch as written to the journal, and evicts batches that lagging sinks can now read from there. */
    void markJournalled(EventBatch batch) {
        lock.lock();
        try {
            memory.markJournalled(batch.position());
            eviction.evictJournalled(appenderWaiting ? 0 : maxBytes / 2);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the spool; it does not wait again. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

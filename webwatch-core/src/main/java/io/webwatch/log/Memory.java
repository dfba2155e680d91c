package io.webwatch.log;

import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The batches of the log that are in memory, by position, with their total size. Guarded by the log's lock. */
final class Memory {
    /** A batch in memory. */
    static final class Entry {
        final EventBatch batch;
        private final long appendedNanos;
        private boolean journalled;
        private boolean claimed;

        private Entry(EventBatch batch, long appendedNanos, boolean journalled) {
            this.batch = batch;
            this.appendedNanos = appendedNanos;
            this.journalled = journalled;
        }

        long position() {
            return batch.position();
        }

        /** Returns whether it is in the journal, too. */
        boolean isJournalled() {
            return journalled;
        }
    }

    private final LogLock lock;
    private final TimeSource time;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long bytes;
    private long unjournalledBytes;
    private long journalledPosition;

    Memory(LogLock lock, TimeSource time) {
        this.lock = lock;
        this.time = time;
    }

    boolean isEmpty() {
        lock.assertHeld();
        return entries.isEmpty();
    }

    int size() {
        lock.assertHeld();
        return entries.size();
    }

    long bytes() {
        lock.assertHeld();
        return bytes;
    }

    /** Returns the size of the batches that are not in the journal. */
    long unjournalledBytes() {
        lock.assertHeld();
        return unjournalledBytes;
    }

    /** Returns the position of the last batch of this run that is in the journal, or 0. */
    long journalledPosition() {
        lock.assertHeld();
        return journalledPosition;
    }

    void add(EventBatch batch, boolean journalled) {
        lock.assertHeld();
        entries.put(batch.position(), new Entry(batch, time.nanoTime(), journalled));
        bytes += batch.bytes();
        if (journalled) {
            journalledPosition = batch.position();
        } else {
            unjournalledBytes += batch.bytes();
        }
    }

    void remove(Entry entry) {
        lock.assertHeld();
        if (entries.remove(entry.position()) != null) {
            bytes -= entry.batch.bytes();
            unjournalledBytes -= entry.journalled ? 0 : entry.batch.bytes();
        }
    }

    /** Removes all batches up to a position. */
    void removeUpTo(long position) {
        lock.assertHeld();
        while (!entries.isEmpty() && entries.firstKey() <= position) {
            remove(entries.firstEntry().getValue());
        }
    }

    /** Returns the first batch after a position, or null. */
    @Nullable
    Entry after(long position) {
        lock.assertHeld();
        Map.Entry<Long, Entry> next = entries.higherEntry(position);
        return next == null ? null : next.getValue();
    }

    /** Returns the oldest batch; there must be one. */
    Entry oldest() {
        lock.assertHeld();
        return entries.firstEntry().getValue();
    }

    /** Returns the oldest batch that is not being written; there must be at least two batches. */
    Entry oldestUnclaimed() {
        Entry oldest = oldest();
        return oldest.claimed ? entries.higherEntry(oldest.position()).getValue() : oldest;
    }

    Collection<Entry> allAfter(long position) {
        lock.assertHeld();
        return entries.tailMap(position, false).values();
    }

    /**
     * Keeps a batch in memory while it is written to the journal.
     *
     * @return false if it is no longer in memory, or in the journal already
     */
    boolean claim(long position) {
        lock.assertHeld();
        Entry entry = entries.get(position);
        if (entry == null || entry.journalled) {
            return false;
        }
        entry.claimed = true;
        return true;
    }

    /** Ends a claim whose batch was not written. */
    void unclaim(long position) {
        lock.assertHeld();
        Entry entry = entries.get(position);
        if (entry != null) {
            entry.claimed = false;
        }
    }

    /** Marks a batch as written to the journal and ends its claim. */
    void markJournalled(long position) {
        lock.assertHeld();
        journalledPosition = Math.max(journalledPosition, position);
        Entry entry = entries.get(position);
        if (entry != null && !entry.journalled) {
            entry.journalled = true;
            entry.claimed = false;
            unjournalledBytes -= entry.batch.bytes();
        }
    }

    /**
     * Returns the oldest batches after a position.
     *
     * @param appendedBeforeNanos batches that were appended before this time are returned
     * @param minBytes further batches are returned until the total size reaches this number of bytes
     */
    List<EventBatch> oldestAfter(long position, long appendedBeforeNanos, long minBytes) {
        List<EventBatch> batches = new ArrayList<>();
        long missing = minBytes;
        for (Entry entry : allAfter(position)) {
            if (missing <= 0 && entry.appendedNanos - appendedBeforeNanos >= 0) {
                break;
            }
            batches.add(entry.batch);
            missing -= entry.batch.bytes();
        }
        return batches;
    }
}

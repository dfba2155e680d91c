package io.webwatch.log;

import io.webwatch.sink.EventBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The batches of the log that are in memory, by position, and how many bytes they are. Guarded by the log's lock. */
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

        /** Whether it stands in the journal too. */
        boolean isJournalled() {
            return journalled;
        }
    }

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long bytes;
    private long unjournalledBytes;

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }

    /** Bytes of the batches that are not in the journal. */
    long unjournalledBytes() {
        return unjournalledBytes;
    }

    void add(EventBatch batch, boolean journalled) {
        entries.put(batch.position(), new Entry(batch, System.nanoTime(), journalled));
        bytes += batch.bytes();
        unjournalledBytes += journalled ? 0 : batch.bytes();
    }

    void remove(Entry entry) {
        if (entries.remove(entry.position()) != null) {
            bytes -= entry.batch.bytes();
            unjournalledBytes -= entry.journalled ? 0 : entry.batch.bytes();
        }
    }

    /** Lets go of everything up to a position. */
    void trim(long position) {
        while (!entries.isEmpty() && entries.firstKey() <= position) {
            remove(entries.firstEntry().getValue());
        }
    }

    /** The first after a position, or null. */
    @Nullable
    Entry after(long position) {
        Map.Entry<Long, Entry> next = entries.higherEntry(position);
        return next == null ? null : next.getValue();
    }

    /** The oldest; there is one. */
    Entry oldest() {
        return entries.firstEntry().getValue();
    }

    /** The oldest that is not being written; there are two at least. */
    Entry oldestUnclaimed() {
        Entry oldest = oldest();
        return oldest.claimed ? entries.higherEntry(oldest.position()).getValue() : oldest;
    }

    Collection<Entry> allAfter(long position) {
        return entries.tailMap(position, false).values();
    }

    /** Keeps a batch here while it is written; false when it is gone. */
    boolean claim(long position) {
        Entry entry = entries.get(position);
        if (entry != null) {
            entry.claimed = true;
        }
        return entry != null;
    }

    void unclaim(long position) {
        Entry entry = entries.get(position);
        if (entry != null) {
            entry.claimed = false;
        }
    }

    void journalled(long position) {
        Entry entry = entries.get(position);
        if (entry != null && !entry.journalled) {
            entry.journalled = true;
            entry.claimed = false;
            unjournalledBytes -= entry.batch.bytes();
        }
    }

    /** The oldest batches after a position: those appended before a time, and more of them for so many bytes. */
    List<EventBatch> oldestAfter(long position, long beforeNanos, long atLeastBytes) {
        List<EventBatch> batches = new ArrayList<>();
        long missing = atLeastBytes;
        for (Entry entry : allAfter(position)) {
            if (missing <= 0 && entry.appendedNanos - beforeNanos >= 0) {
                break;
            }
            batches.add(entry.batch);
            missing -= entry.batch.bytes();
        }
        return batches;
    }
}

package io.webwatch.log;

/**
 * Removes batches from memory: those that every cursor is done with, and the oldest above the size limit. Guarded by
 * the log's lock.
 */
final class Eviction {
    private final LogLock lock;
    private final Memory memory;
    private final CursorSet cursors;
    private final long maxBytes;

    Eviction(LogLock lock, Memory memory, CursorSet cursors, long maxBytes) {
        this.lock = lock;
        this.memory = memory;
        this.cursors = cursors;
        this.maxBytes = maxBytes;
    }

    /** Removes the batches that every cursor is done with. */
    void removeDone() {
        lock.assertHeld();
        memory.removeUpTo(cursors.minDone());
    }

    /** Evicts the oldest batches until the rest is within the limit; the newest batch stays whatever its size. */
    void enforceLimit() {
        lock.assertHeld();
        while (memory.bytes() > maxBytes && memory.size() > 1) {
            evict(memory.oldestUnclaimed());
        }
    }

    /**
     * Evicts the oldest batches that lagging sinks can read from the journal, unless the live view has yet to read
     * them.
     *
     * @param targetBytes size of memory at which to stop
     */
    void evictJournalled(long targetBytes) {
        lock.assertHeld();
        while (memory.bytes() > targetBytes && memory.size() > 1) {
            Memory.Entry oldest = memory.oldest();
            if (!oldest.isJournalled() || oldest.position() > cursors.minReadFromMemoryOnly()) {
                return;
            }
            evict(oldest);
        }
    }

    private void evict(Memory.Entry entry) {
        memory.remove(entry);
        cursors.evicted(entry);
    }
}

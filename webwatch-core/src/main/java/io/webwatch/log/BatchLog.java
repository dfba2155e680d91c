package io.webwatch.log;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of batches: one appender, any number of cursors, each at its own pace. A batch leaves memory when every cursor
 * has read it, or when the log is above its bound: then the oldest goes, and each cursor that had not read it counts its
 * events as lost. Thread-safe; no request thread ever takes its lock.
 */
public final class BatchLog {
    private final String id;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final ArrayDeque<EventBatch> batches = new ArrayDeque<>();
    private final List<Cursor> cursors = new ArrayList<>();
    private long end; // position of the newest batch
    private long bytes;
    private boolean closed;

    /**
     * An empty log.
     *
     * @param id identity under which stores remember positions
     * @param maxBytes bound of the batches in memory; the newest batch is kept whatever its size
     */
    public BatchLog(String id, long maxBytes) {
        this.id = id;
        this.maxBytes = maxBytes;
    }

    /** A place in the log from which a sink reads on; begins after the newest batch. */
    public Cursor cursor() {
        lock.lock();
        try {
            Cursor cursor = new Cursor(end);
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
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
            EventBatch batch = new EventBatch(id, ++end, events, size);
            batches.addLast(batch);
            bytes += size;
            trim();
            while (bytes > maxBytes && batches.size() > 1) {
                evict();
            }
            appended.signalAll();
            return batch;
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
        EventBatch oldest = batches.removeFirst();
        bytes -= oldest.bytes();
        for (Cursor cursor : cursors) {
            if (cursor.read < oldest.position()) {
                cursor.read = oldest.position();
                cursor.lost += oldest.size();
            }
        }
    }

    private void trim() {
        long read = end;
        for (Cursor cursor : cursors) {
            read = Math.min(read, cursor.read);
        }
        for (EventBatch oldest = batches.peekFirst();
                oldest != null && oldest.position() <= read;
                oldest = batches.peekFirst()) {
            batches.removeFirst();
            bytes -= oldest.bytes();
        }
    }

    /** A reader's place. Its reading methods belong to one thread. */
    public final class Cursor {
        private long read;
        private long lost;
        private boolean woken;

        private Cursor(long read) {
            this.read = read;
        }

        /**
         * Reads the next batch, waiting for it if need be; null when none came in time or none will ever come.
         *
         * @param waitMillis 0 for no wait
         * @throws InterruptedException when interrupted while waiting
         */
        public @Nullable EventBatch next(long waitMillis) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
                while (read == end && !closed && left > 0) {
                    left = appended.awaitNanos(left);
                }
                if (read == end) {
                    return null;
                }
                EventBatch oldest = batches.getFirst();
                EventBatch next = at((int) (read + 1 - oldest.position()));
                read++;
                trim();
                return next;
            } finally {
                lock.unlock();
            }
        }

        /**
         * Waits until there is a batch to read, the log is closed or {@link #wake} is called; whether there is one.
         *
         * @throws InterruptedException when interrupted while waiting
         */
        boolean awaitAvailable(long waitMillis) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                if (read == end && !closed && !woken) {
                    appended.await(waitMillis, TimeUnit.MILLISECONDS);
                }
                woken = false;
                return read != end;
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
                return closed && read == end;
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

        /** Reads to the end without delivering; the number of events passed over. */
        public long skipAll() {
            lock.lock();
            try {
                long skipped = 0;
                for (EventBatch batch : batches) {
                    if (batch.position() > read) {
                        skipped += batch.size();
                    }
                }
                read = end;
                trim();
                return skipped;
            } finally {
                lock.unlock();
            }
        }

        private EventBatch at(int index) {
            if (index == 0) {
                return batches.getFirst();
            }
            int i = 0;
            for (EventBatch batch : batches) {
                if (i++ == index) {
                    return batch;
                }
            }
            throw new IllegalStateException("A cursor stands outside the log");
        }
    }
}

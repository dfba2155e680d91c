package io.webwatch.log;

import io.webwatch.journal.Place;

/**
 * A cursor's progress through the batches that earlier runs left in the journal. It is empty until {@link #start}.
 * Guarded by the log's lock.
 */
final class Backlog {
    private final LogLock lock;
    private boolean pending;
    private boolean readToEnd;
    private long outstanding; // batches that were read and are not done
    private Place read = Place.START;
    private Place done = Place.START;

    Backlog(LogLock lock) {
        this.lock = lock;
    }

    /** Starts reading after a place. */
    void start(Place after) {
        lock.assertHeld();
        pending = true;
        read = after;
        done = after;
    }

    /** Returns whether there may be batches that are not done. */
    boolean isPending() {
        lock.assertHeld();
        return pending;
    }

    /** Returns whether there may be batches to read. */
    boolean isUnread() {
        lock.assertHeld();
        return pending && !readToEnd;
    }

    /** Returns whether batches were read that are not done. */
    boolean hasOutstanding() {
        lock.assertHeld();
        return pending && outstanding > 0;
    }

    Place read() {
        lock.assertHeld();
        return read;
    }

    Place done() {
        lock.assertHeld();
        return done;
    }

    void batchRead(Place place) {
        lock.assertHeld();
        read = place;
        outstanding++;
    }

    void endReached() {
        lock.assertHeld();
        readToEnd = true;
        pending = outstanding > 0;
    }

    void batchDone(Place place) {
        lock.assertHeld();
        done = place;
        outstanding--;
        pending = !readToEnd || outstanding > 0;
    }
}

package io.webwatch.log;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The lock of a {@link BatchLog}, shared by the classes that hold parts of its state. */
final class LogLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    /** Asserts that the current thread holds the lock. */
    void assertHeld() {
        assert isHeldByCurrentThread() : "The current thread does not hold the log's lock.";
    }

    /** Runs an action under the lock and returns its result. */
    <T> T call(Supplier<T> action) {
        lock();
        try {
            return action.get();
        } finally {
            unlock();
        }
    }

    /** Runs an action under the lock. */
    void run(Runnable action) {
        lock();
        try {
            action.run();
        } finally {
            unlock();
        }
    }
}

package io.webwatch.runtime;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates WebWatch's threads: named, and daemons, so that none of them keeps the host application alive. Thread-safe. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /**
     * Creates a thread that is not started yet.
     *
     * @param name such as {@code webwatch-batcher}
     */
    public static Thread create(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns a factory for the one thread of an executor, which always gets the same name. */
    public static ThreadFactory named(String name) {
        return task -> create(name, task);
    }

    /** Returns a factory for the threads of a pool, named {@code prefix-1}, {@code prefix-2} and so on. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> create(prefix + "-" + number.incrementAndGet(), task);
    }
}

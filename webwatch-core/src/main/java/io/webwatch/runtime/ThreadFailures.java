package io.webwatch.runtime;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the unexpected failures of WebWatch's threads, which survive them. Each thread's first failure is logged at
 * once; further ones are summed up and logged at most once a minute. Thread-safe.
 */
public final class ThreadFailures {
    private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long WARNING_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int MAX_TEXT = 200;

    private final TimeSource time;
    private final BiConsumer<String, Throwable> log;
    private final ConcurrentMap<String, OfThread> threads = new ConcurrentSkipListMap<>();

    /**
     * Creates counters without failures.
     *
     * @param log receives a sentence and the latest failure
     */
    public ThreadFailures(TimeSource time, BiConsumer<String, Throwable> log) {
        this.time = time;
        this.log = log;
    }

    /**
     * Returns the counter of a thread, or of all threads of a pool.
     *
     * @param name such as {@code webwatch-batcher}
     * @param consequence a sentence for log and status about what WebWatch does after a failure
     */
    public OfThread of(String name, String consequence) {
        return threads.computeIfAbsent(name, key -> new OfThread(key, consequence));
    }

    /** Returns the number of failures of each thread, including threads that have not failed. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        threads.forEach((name, thread) -> counts.put(name, thread.count()));
        return counts;
    }

    /** Returns a sentence for each thread that has failed within the last hour. */
    public List<String> warnings() {
        long now = time.nanoTime();
        return threads.values().stream()
                .filter(thread -> thread.hasFailedSince(now - WARNING_NANOS))
                .map(OfThread::sentence)
                .toList();
    }

    /** The failures of one thread. Thread-safe. */
    public final class OfThread {
        private final String name;
        private final String consequence;
        private final AtomicLong count = new AtomicLong();
        private @Nullable String latest;
        private long latestNanos;
        private long logged;
        private long loggedNanos;

        private OfThread(String name, String consequence) {
            this.name = name;
            this.consequence = consequence;
        }

        /** Returns the name of the thread. */
        public String name() {
            return name;
        }

        /** Returns the number of failures so far. */
        public long count() {
            return count.get();
        }

        /**
         * Counts a failure and logs it if that is due. Never throws: where memory is so short that the failure cannot
         * be described, it is only counted.
         */
        public void add(Throwable failure) {
            count.incrementAndGet();
            try {
                String due = noted(failure);
                if (due != null) {
                    log.accept(due, failure);
                }
            } catch (Throwable e) { // such as a second OutOfMemoryError, or a broken appender of the application
                return;
            }
        }

        private synchronized @Nullable String noted(Throwable failure) {
            latest = describe(failure);
            latestNanos = time.nanoTime();
            if (logged > 0 && latestNanos - loggedNanos < LOG_INTERVAL_NANOS) {
                return null;
            }
            String sentence = sentence();
            logged = count();
            loggedNanos = latestNanos;
            return sentence;
        }

        private synchronized boolean hasFailedSince(long nanos) {
            return latest != null && latestNanos - nanos >= 0;
        }

        private synchronized String sentence() {
            long times = count();
            return "The thread " + name + " failed " + times + (times == 1 ? " time" : " times") + " since start: "
                    + latest + ". " + consequence;
        }
    }

    /**
     * Returns the type of a failure. The message of an {@link Error} is added, because it comes from the virtual
     * machine. The messages of other exceptions may quote what a visitor sent, and are only in the log.
     */
    private static String describe(Throwable failure) {
        String text = failure instanceof Error
                ? failure.toString()
                : failure.getClass().getName();
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= MAX_TEXT ? printable : printable.substring(0, MAX_TEXT) + "…";
    }
}

package io.webwatch.enrich;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Assigns a unique nanosecond time to each event: the millisecond, a counter from 0 to 999, and the slot of the instance
 * from 0 to 999. Not thread-safe; used by the batcher thread only.
 *
 * <p>Counters are kept for the last seventeen minutes, about one second at a time and only for seconds with events. An
 * older event gets a time at the start of this window. An event from before the start of the process gets a time after
 * the start, so that two processes never assign the same time. The millisecond time of the event does not change. If a
 * millisecond is full, the next one that is not full is used.
 */
final class UniqueTimes {
    private static final int PER_MILLI = 1_000;
    private static final int CHUNK_MILLIS = 1_024;
    private static final int CHUNKS = 1_024;
    private static final long WINDOW_MILLIS = (long) CHUNK_MILLIS * (CHUNKS - 64); // room for overflow ahead of now

    private final int slot;
    private final long firstMillis;
    private final short @Nullable [][] chunks = new short[CHUNKS][];
    private final long[] chunkNumbers = new long[CHUNKS];
    private long newestMillis;
    private long fullFrom = -1;
    private long fullTo = -1;

    /**
     * Creates a source of times.
     *
     * @param slot of the instance, 0 to 999
     * @param firstMillis no time before this is assigned
     */
    UniqueTimes(int slot, long firstMillis) {
        this.slot = slot;
        this.firstMillis = firstMillis;
        this.newestMillis = firstMillis;
        Arrays.fill(chunkNumbers, -1);
    }

    /** Returns a time in nanoseconds that was not assigned before, in the given millisecond if possible. */
    long assign(long millis) {
        newestMillis = Math.max(newestMillis, millis);
        long at = Math.max(Math.max(millis, firstMillis), newestMillis - WINDOW_MILLIS);
        if (at >= fullFrom && at < fullTo) {
            at = fullTo;
        }
        long start = at;
        short[] counters = chunk(at);
        int index = (int) (at % CHUNK_MILLIS);
        while (counters[index] == PER_MILLI) {
            at++;
            counters = chunk(at);
            index = (int) (at % CHUNK_MILLIS);
        }
        if (at > start) {
            fullFrom = start == fullTo ? fullFrom : start;
            fullTo = at;
        }
        newestMillis = Math.max(newestMillis, at);
        int counter = counters[index]++;
        return at * 1_000_000 + counter * 1_000L + slot;
    }

    /** Returns the latest millisecond in which a time was assigned. */
    long newestMillis() {
        return newestMillis;
    }

    private short[] chunk(long millis) {
        long number = millis / CHUNK_MILLIS;
        int index = (int) (number % CHUNKS);
        short[] counters = chunks[index];
        if (counters == null) {
            counters = new short[CHUNK_MILLIS];
            chunks[index] = counters;
        } else if (chunkNumbers[index] != number) {
            Arrays.fill(counters, (short) 0);
        }
        chunkNumbers[index] = number;
        return counters;
    }
}

package io.webwatch.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that clients send again and again, by the bytes in which they stand in a body: addresses, titles,
 * selectors, names. A hit costs no allocation, and what keeps such texts for long (open sessions, the window of page
 * views, batches that wait for a sink) keeps one copy of each.
 *
 * <p>Bounded: one text for each of {@value #SLOTS} slots, each of at most {@value #MAX_LENGTH} bytes. A text takes a
 * slot when it comes twice in a row there, so that what is different each time drives nothing out. Thread-safe without
 * locks: entries are immutable, and a lost race costs a String.
 */
final class TextCache {
    static final int MAX_LENGTH = 128;
    private static final int SLOTS = 2_048;
    private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private record Entry(byte[] bytes, String text) {}

    private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];
    private final int[] candidates = new int[SLOTS];

    /** The text that was remembered for these bytes, or null. */
    @Nullable
    String find(byte[] in, int from, int to) {
        int length = to - from;
        if (length > MAX_LENGTH) {
            return null;
        }
        Entry entry = entries[hash(in, from, length) >>> SHIFT];
        return entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, in, from, to) ? entry.text : null;
    }

    /** Remembers what these bytes, which were not found, stand for. */
    void remember(byte[] in, int from, int to, String text) {
        int length = to - from;
        if (length > MAX_LENGTH) {
            return;
        }
        int hash = hash(in, from, length);
        int slot = hash >>> SHIFT;
        if (candidates[slot] == hash) {
            entries[slot] = new Entry(Arrays.copyOfRange(in, from, to), text);
        } else {
            candidates[slot] = hash;
        }
    }

    /** Of the length and at most 24 of the bytes: those that it does not see are compared anyway. */
    private static int hash(byte[] in, int from, int length) {
        long hash = length;
        if (length >= Long.BYTES) {
            hash = mix(hash, (long) LONG.get(in, from));
            hash = mix(hash, (long) LONG.get(in, from + (length - Long.BYTES) / 2));
            hash = mix(hash, (long) LONG.get(in, from + length - Long.BYTES));
        } else {
            long bytes = 0;
            for (int i = 0; i < length; i++) {
                bytes = bytes << 8 | in[from + i];
            }
            hash = mix(hash, bytes);
        }
        return (int) (hash >>> 32);
    }

    private static long mix(long hash, long bytes) {
        long mixed = (hash ^ bytes) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }
}

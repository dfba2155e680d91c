package io.webwatch.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Caches short strings that clients send repeatedly, such as addresses, titles, selectors and names, by their bytes. A hit
 * allocates nothing, and everything that keeps such strings for long (open sessions, page views, batches) shares one copy.
 *
 * <p>Bounded to {@value #SLOTS} slots with one string of at most {@value #MAX_LENGTH} bytes each. A string is stored when
 * its slot is asked for it twice in a row, so that strings that differ each time do not evict others. Thread-safe without
 * locks: entries are immutable, and a lost race only costs a String.
 */
final class TextCache {
    static final int MAX_LENGTH = 128;
    private static final int SLOTS = 2_048;
    private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private record Entry(byte[] bytes, String text) {}

    private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];
    private final int[] candidates = new int[SLOTS];

    /** Returns the cached string of these bytes, or null. */
    @Nullable
    String find(byte[] in, int from, int to) {
        int length = to - from;
        if (length > MAX_LENGTH) {
            return null;
        }
        Entry entry = entries[hash(in, from, length) >>> SHIFT];
        return entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, in, from, to) ? entry.text : null;
    }

    /** Offers the string of bytes that were not found. */
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

    /** Hashes the length and at most 24 bytes, because all bytes are compared anyway. */
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

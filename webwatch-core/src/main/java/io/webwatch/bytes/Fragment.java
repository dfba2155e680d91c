package io.webwatch.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are written again and again, such as a name with its punctuation: copied eight at a time, the first of them
 * without a loop. Immutable and thread-safe.
 */
public final class Fragment {
    private static final int SHORT = 3 * Long.BYTES;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] bytes;
    private final int length;
    private final int room;
    private final long first;
    private final long second;
    private final long third;

    /** Takes a text as UTF-8. */
    public Fragment(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes bytes, which the caller does not change any more. */
    public Fragment(byte[] bytes) {
        this.bytes = bytes;
        length = bytes.length;
        room = Math.max(SHORT, length);
        byte[] padded = Arrays.copyOf(bytes, room);
        first = (long) LONGS.get(padded, 0);
        second = (long) LONGS.get(padded, Long.BYTES);
        third = (long) LONGS.get(padded, 2 * Long.BYTES);
    }

    /** How many bytes {@link #copy} may write; more than there are when these are few. */
    public int room() {
        return room;
    }

    /** Copies the bytes, and perhaps others after them, within {@link #room()}; where they end. */
    public int copy(byte[] target, int at) {
        if (length > SHORT) {
            System.arraycopy(bytes, 0, target, at, length);
        } else {
            LONGS.set(target, at, first);
            LONGS.set(target, at + Long.BYTES, second);
            LONGS.set(target, at + 2 * Long.BYTES, third);
        }
        return at + length;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

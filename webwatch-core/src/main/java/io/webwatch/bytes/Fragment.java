package io.webwatch.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are written often, such as a name with its punctuation. They are copied eight at a time and, if they are few,
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

    /** Creates a fragment of a string in UTF-8. */
    public Fragment(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a fragment of bytes that the caller must not change afterwards. */
    public Fragment(byte[] bytes) {
        this.bytes = bytes;
        length = bytes.length;
        room = Math.max(SHORT, length);
        byte[] padded = Arrays.copyOf(bytes, room);
        first = (long) LONGS.get(padded, 0);
        second = (long) LONGS.get(padded, Long.BYTES);
        third = (long) LONGS.get(padded, 2 * Long.BYTES);
    }

    /** Returns the number of bytes that {@link #copy} may overwrite, which can exceed the length of the fragment. */
    public int room() {
        return room;
    }

    /**
     * Copies the bytes. The target must have {@link #room()} bytes from {@code at} on; those after the fragment may be
     * overwritten.
     *
     * @return the index after the fragment
     */
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

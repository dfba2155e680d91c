package io.webwatch.influxdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names as they stand in a line, ready to be copied. */
final class Keys {
    private Keys() {}

    /** {@code ,name=} of a field that is not the first. */
    static Key field(String name) {
        return ascii(',' + name + '=');
    }

    /** {@code ,name="} of a string field that is not the first. */
    static Key text(String name) {
        return ascii(',' + name + "=\"");
    }

    static Key ascii(String text) {
        return new Key(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes that are copied eight at a time, the first of them without a loop. */
    static final class Key {
        static final int SHORT = 3 * Long.BYTES;
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

        private final byte[] bytes;
        private final int length;
        private final int room;
        private final long first;
        private final long second;
        private final long third;

        Key(byte[] bytes) {
            this.bytes = bytes;
            length = bytes.length;
            room = Math.max(SHORT, length);
            byte[] padded = Arrays.copyOf(bytes, room);
            first = (long) LONGS.get(padded, 0);
            second = (long) LONGS.get(padded, Long.BYTES);
            third = (long) LONGS.get(padded, 2 * Long.BYTES);
        }

        /** How many bytes {@link #copy} may write. */
        int room() {
            return room;
        }

        /** Copies the bytes, and perhaps others after them; where they end. */
        int copy(byte[] target, int at) {
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
}

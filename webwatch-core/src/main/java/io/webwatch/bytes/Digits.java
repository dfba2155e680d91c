package io.webwatch.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes integers in decimal to bytes, with the digits of {@link Long#toString(long)}: two digits at a time, and eight for
 * each 64-bit division. Allocates nothing. Thread-safe.
 */
public final class Digits {
    /** The maximum number of bytes of a number. */
    public static final int ROOM = 20;

    private static final int PAIRS = 100;
    private static final int FOUR = 10_000;
    private static final int EIGHT = 100_000_000;
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final byte[] LEAST = // its absolute value is not a long
            Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    private static final short[] PAIR = new short[PAIRS];

    static {
        byte[] pair = new byte[2];
        for (int i = 0; i < PAIRS; i++) {
            pair[0] = (byte) ('0' + i / 10);
            pair[1] = (byte) ('0' + i % 10);
            PAIR[i] = (short) SHORTS.get(pair, 0);
        }
    }

    private Digits() {}

    /**
     * Writes a number.
     *
     * @param target has {@link #ROOM} bytes from {@code at} on
     * @return the index after the last digit
     */
    public static int put(long value, byte[] target, int at) {
        if (value >= 0) {
            return positive(value, target, at);
        }
        if (value == Long.MIN_VALUE) {
            System.arraycopy(LEAST, 0, target, at, LEAST.length);
            return at + LEAST.length;
        }
        target[at] = '-';
        return positive(-value, target, at + 1);
    }

    private static int positive(long value, byte[] target, int at) {
        if (value < EIGHT) {
            return few((int) value, target, at);
        }
        long high = value / EIGHT;
        int low = (int) (value - high * EIGHT);
        if (high < EIGHT) {
            return eight(low, target, few((int) high, target, at));
        }
        long highest = high / EIGHT;
        int middle = (int) (high - highest * EIGHT);
        return eight(low, target, eight(middle, target, few((int) highest, target, at)));
    }

    /** Writes one to eight digits. */
    private static int few(int value, byte[] target, int at) {
        int end = at + length(value);
        int left = end;
        int rest = value;
        while (rest >= PAIRS) {
            int quotient = rest / PAIRS;
            left -= 2;
            SHORTS.set(target, left, PAIR[rest - quotient * PAIRS]);
            rest = quotient;
        }
        if (rest >= 10) {
            SHORTS.set(target, left - 2, PAIR[rest]);
        } else {
            target[left - 1] = (byte) ('0' + rest);
        }
        return end;
    }

    private static int length(int value) {
        if (value < FOUR) {
            return value < PAIRS ? value < 10 ? 1 : 2 : value < 1000 ? 3 : 4;
        }
        return value < 1_000_000 ? value < 100_000 ? 5 : 6 : value < 10_000_000 ? 7 : 8;
    }

    /** Writes eight digits, with leading zeros. */
    private static int eight(int value, byte[] target, int at) {
        int high = value / FOUR;
        int low = value - high * FOUR;
        four(high, target, at);
        four(low, target, at + 4);
        return at + 8;
    }

    private static void four(int value, byte[] target, int at) {
        int high = value / PAIRS;
        SHORTS.set(target, at, PAIR[high]);
        SHORTS.set(target, at + 2, PAIR[value - high * PAIRS]);
    }
}

package io.webwatch.journal;

import io.webwatch.bytes.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers and texts compactly: numbers in groups of seven bits, each text once and then by its number. Not
 * thread-safe.
 */
final class BinaryWriter {
    /** A text is null, new in UTF-8, new in UTF-16 (what UTF-8 cannot carry), or one that came before. */
    static final int NULL = 0;

    static final int UTF_8 = 1;
    static final int UTF_16 = 2;
    static final int KNOWN = 3;

    private final Map<String, Integer> known = new HashMap<>();
    private byte[] bytes;
    private int size;

    BinaryWriter(int capacity) {
        this.bytes = new byte[Math.max(64, capacity)];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** A number that is small and not negative most of the time; any is allowed. */
    void unsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number that is small on either side of zero most of the time; any is allowed. */
    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    void flag(boolean value) {
        unsigned(value ? 1 : 0);
    }

    /** All 64 bits, so that every NaN comes back. */
    void decimal(double value) {
        ensure(8);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    void optional(@Nullable Long value) {
        flag(value != null);
        if (value != null) {
            signed(value);
        }
    }

    void optional(@Nullable Integer value) {
        optional(value == null ? null : Long.valueOf(value));
    }

    void text(@Nullable String text) {
        if (text == null) {
            unsigned(NULL);
            return;
        }
        Integer number = known.putIfAbsent(text, known.size());
        if (number != null) {
            unsigned((long) number << 2 | KNOWN);
        } else if (isWellFormed(text)) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            unsigned((long) encoded.length << 2 | UTF_8);
            ensure(encoded.length);
            System.arraycopy(encoded, 0, bytes, size, encoded.length);
            size += encoded.length;
        } else {
            unsigned((long) text.length() << 2 | UTF_16);
            ensure(2 * text.length());
            for (int i = 0; i < text.length(); i++) {
                bytes[size++] = (byte) (text.charAt(i) >>> 8);
                bytes[size++] = (byte) text.charAt(i);
            }
        }
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return Utf8.wellFormed(text).equals(text);
            }
        }
        return true;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}

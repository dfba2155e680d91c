package io.webwatch.journal;

import io.webwatch.bytes.Utf8;
import io.webwatch.event.AttributeWriter;
import io.webwatch.event.Attributed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers, texts and attributes compactly: numbers in groups of seven bits, equal texts once and then as a
 * reference, attributes by their order and without their names. Not thread-safe.
 */
final class BinaryWriter implements AttributeWriter {
    /** Forms of a text: absent, in UTF-8, in UTF-16 because UTF-8 cannot represent it, or a reference to an earlier one. */
    static final int NULL = 0;

    static final int UTF_8 = 1;
    static final int UTF_16 = 2;
    static final int KNOWN = 3;

    /** Forms of an optional integer: absent, one that follows, or (from {@link #DIRECT} on) the integer itself. */
    static final int ABSENT = 0;

    static final int FOLLOWS = 1;
    static final int DIRECT = 2;

    /** Types of a property. */
    static final int TEXT = 0;

    static final int INTEGER = 1;
    static final int DECIMAL = 2;
    static final int FLAG = 3;

    private final Map<String, Integer> known = new HashMap<>();
    private byte[] bytes;
    private int size;

    BinaryWriter(int capacity) {
        this.bytes = new byte[Math.max(64, capacity)];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Writes any number; small ones that are not negative take the fewest bytes. */
    void unsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Writes any number; those near zero take the fewest bytes. */
    void signed(long value) {
        unsigned(zigzag(value));
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    void flag(boolean value) {
        unsigned(value ? 1 : 0);
    }

    /** Writes all 64 bits, so that a NaN keeps its payload. */
    void decimal(double value) {
        ensure(8);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    void optional(@Nullable Long value) {
        if (value == null) {
            unsigned(ABSENT);
            return;
        }
        long direct = zigzag(value) + DIRECT;
        if (direct >= 0 && direct < DIRECT) { // overflow of the two numbers farthest from zero
            unsigned(FOLLOWS);
            signed(value);
        } else {
            unsigned(direct);
        }
    }

    void text(@Nullable String text) {
        if (text == null) {
            unsigned(NULL);
            return;
        }
        Integer number = known.get(text);
        if (number != null) {
            unsigned((long) number << 2 | KNOWN);
        } else {
            known.put(text, known.size());
            newText(text);
        }
    }

    private void newText(String text) {
        if (isWellFormed(text)) {
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

    @Override
    public void text(String name, @Nullable String value) {
        text(value);
    }

    @Override
    public void integer(String name, @Nullable Long value) {
        optional(value);
    }

    @Override
    public void integer(String name, long value) {
        signed(value);
    }

    @Override
    public void pixels(String name, int value) {
        signed(value);
    }

    @Override
    public void decimal(String name, double value) {
        decimal(value);
    }

    @Override
    public void flag(String name, boolean value) {
        flag(value);
    }

    @Override
    public void object(String name, @Nullable Attributed value) {
        flag(value != null);
        if (value != null) {
            value.writeTo(this);
        }
    }

    @Override
    public void list(String name, List<? extends Attributed> values) {
        unsigned(values.size());
        for (Attributed value : values) {
            value.writeTo(this);
        }
    }

    @Override
    public void properties(String name, Map<String, Object> values) {
        unsigned(values.size());
        values.forEach((key, value) -> {
            text(key);
            property(value);
        });
    }

    private void property(Object value) {
        if (value instanceof String text) {
            unsigned(TEXT);
            text(text);
        } else if (value instanceof Long integer) {
            unsigned(INTEGER);
            signed(integer);
        } else if (value instanceof Double decimal) {
            unsigned(DECIMAL);
            decimal(decimal);
        } else {
            unsigned(FLAG);
            flag((Boolean) value);
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

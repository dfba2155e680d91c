package io.webwatch.journal;

import io.webwatch.event.AttributeReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BinaryWriter} wrote, in the same order. Every method throws {@link IllegalArgumentException} for
 * anything else. Not thread-safe.
 */
final class BinaryReader implements AttributeReader {
    private final List<String> known = new ArrayList<>();
    private final byte[] bytes;
    private int at;

    BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }

    long signed() {
        return fromZigzag(unsigned());
    }

    private static long fromZigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    /** Returns the number of elements that follow, of which each takes at least one byte. */
    int count() {
        long value = unsigned();
        if (value < 0 || value > bytes.length - at) {
            throw new IllegalArgumentException("a count exceeds the remaining bytes");
        }
        return (int) value;
    }

    boolean flag() {
        long value = unsigned();
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("a flag is neither true nor false");
        }
        return value == 1;
    }

    double decimal() {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | next() & 0xFF;
        }
        return Double.longBitsToDouble(bits);
    }

    @Nullable
    Long optional() {
        long form = unsigned();
        if (form == BinaryWriter.ABSENT) {
            return null;
        }
        return form == BinaryWriter.FOLLOWS ? signed() : fromZigzag(form - BinaryWriter.DIRECT);
    }

    String required() {
        String text = text();
        if (text == null) {
            throw new IllegalArgumentException("a required text is missing");
        }
        return text;
    }

    @Nullable
    String text() {
        long head = unsigned();
        long length = head >>> 2;
        return switch ((int) (head & 3)) {
            case BinaryWriter.UTF_8 -> utf8(length);
            case BinaryWriter.UTF_16 -> utf16(length);
            case BinaryWriter.KNOWN -> known(length);
            default -> null;
        };
    }

    private String utf8(long length) {
        String text = new String(bytes, claim(length), (int) length, StandardCharsets.UTF_8);
        known.add(text);
        return text;
    }

    private String utf16(long length) {
        int from = claim(Math.multiplyExact(Math.min(length, Integer.MAX_VALUE), 2));
        char[] chars = new char[(int) length];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[from + 2 * i] << 8 | bytes[from + 2 * i + 1] & 0xFF);
        }
        String text = new String(chars);
        known.add(text);
        return text;
    }

    private String known(long number) {
        if (number >= known.size()) {
            throw new IllegalArgumentException("a reference to a text has no target");
        }
        return known.get((int) number);
    }

    private int claim(long length) {
        if (length > bytes.length - at) {
            throw new IllegalArgumentException("a text exceeds the remaining bytes");
        }
        int from = at;
        at += (int) length;
        return from;
    }

    private byte next() {
        if (at == bytes.length) {
            throw new IllegalArgumentException("the bytes end too early");
        }
        return bytes[at++];
    }

    @Override
    public @Nullable String text(String name) {
        return text();
    }

    @Override
    public @Nullable Long integer(String name) {
        return optional();
    }

    @Override
    public long requiredInteger(String name) {
        return signed();
    }

    @Override
    public int pixels(String name) {
        return requiredInt(name);
    }

    @Override
    public double decimal(String name) {
        return decimal();
    }

    @Override
    public boolean flag(String name) {
        return flag();
    }

    @Override
    public <T> @Nullable T object(String name, Function<AttributeReader, T> factory) {
        return flag() ? factory.apply(this) : null;
    }

    @Override
    public <T> List<T> list(String name, Function<AttributeReader, T> factory) {
        int count = count();
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(factory.apply(this));
        }
        return values;
    }

    @Override
    public Map<String, Object> properties(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int left = count(); left > 0; left--) {
            values.put(required(), property());
        }
        return values;
    }

    private Object property() {
        return switch ((int) unsigned()) {
            case BinaryWriter.TEXT -> required();
            case BinaryWriter.INTEGER -> signed();
            case BinaryWriter.DECIMAL -> decimal();
            case BinaryWriter.FLAG -> flag();
            default -> throw new IllegalArgumentException("a property has an unknown type");
        };
    }
}

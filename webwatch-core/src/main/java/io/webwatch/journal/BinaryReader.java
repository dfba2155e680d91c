package io.webwatch.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryWriter} wrote; anything else is an {@link IOException}. Not thread-safe. */
final class BinaryReader {
    private final List<String> known = new ArrayList<>();
    private final byte[] bytes;
    private int at;

    BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    long unsigned() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number without an end");
    }

    long signed() throws IOException {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    int integer() throws IOException {
        long value = signed();
        if (value != (int) value) {
            throw damaged("a number out of its range");
        }
        return (int) value;
    }

    /** A count of things of which each takes at least one byte. */
    int count() throws IOException {
        long value = unsigned();
        if (value < 0 || value > bytes.length - at) {
            throw damaged("a count beyond the end");
        }
        return (int) value;
    }

    boolean flag() throws IOException {
        long value = unsigned();
        if (value != 0 && value != 1) {
            throw damaged("a flag that is neither");
        }
        return value == 1;
    }

    double decimal() throws IOException {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | next() & 0xFF;
        }
        return Double.longBitsToDouble(bits);
    }

    @Nullable
    Long optional() throws IOException {
        return flag() ? Long.valueOf(signed()) : null;
    }

    @Nullable
    Integer optionalInteger() throws IOException {
        return flag() ? Integer.valueOf(integer()) : null;
    }

    String required() throws IOException {
        String text = text();
        if (text == null) {
            throw damaged("a text that is missing");
        }
        return text;
    }

    @Nullable
    String text() throws IOException {
        long head = unsigned();
        long length = head >>> 2;
        return switch ((int) (head & 3)) {
            case BinaryWriter.UTF_8 -> utf8(length);
            case BinaryWriter.UTF_16 -> utf16(length);
            case BinaryWriter.KNOWN -> known(length);
            default -> null;
        };
    }

    private String utf8(long length) throws IOException {
        String text = new String(bytes, claim(length), (int) length, StandardCharsets.UTF_8);
        known.add(text);
        return text;
    }

    private String utf16(long length) throws IOException {
        int from = claim(Math.multiplyExact(Math.min(length, Integer.MAX_VALUE), 2));
        char[] chars = new char[(int) length];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[from + 2 * i] << 8 | bytes[from + 2 * i + 1] & 0xFF);
        }
        String text = new String(chars);
        known.add(text);
        return text;
    }

    private String known(long number) throws IOException {
        if (number >= known.size()) {
            throw damaged("a text that did not come before");
        }
        return known.get((int) number);
    }

    private int claim(long length) throws IOException {
        if (length > bytes.length - at) {
            throw damaged("a text beyond the end");
        }
        int from = at;
        at += (int) length;
        return from;
    }

    private byte next() throws IOException {
        if (at == bytes.length) {
            throw damaged("an early end");
        }
        return bytes[at++];
    }

    static IOException damaged(String what) {
        return new IOException("A stored batch is damaged: " + what + ".");
    }
}

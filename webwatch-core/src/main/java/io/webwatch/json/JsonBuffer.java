package io.webwatch.json;

import io.webwatch.bytes.Digits;
import io.webwatch.bytes.Fragment;
import io.webwatch.bytes.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of JSON in UTF-8. Values are written with a trailing comma; {@link #close} replaces that of the last one
 * with the bracket. Not thread-safe.
 */
final class JsonBuffer {
    private static final int FIRST_BYTES = 1024;
    private static final int KEPT_BYTES = 64 << 10;
    private static final int QUOTES = 2;
    private static final int MAX_ESCAPED = 6;
    private static final boolean[] PLAIN = new boolean[0x80];
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final Fragment TRUE = new Fragment("true,");
    private static final Fragment FALSE = new Fragment("false,");

    static {
        for (int i = ' '; i < PLAIN.length; i++) {
            PLAIN[i] = i != '"' && i != '\\';
        }
    }

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /** Removes everything. */
    void clear() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES]; // one huge event must not occupy memory for good
        }
    }

    /** Returns the number of bytes. */
    int size() {
        return size;
    }

    /** Returns a copy of the bytes between two offsets. */
    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Appends one ASCII character. */
    void put(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    /** Closes an object or array. */
    void close(char bracket) {
        if (bytes[size - 1] == ',') {
            bytes[size - 1] = (byte) bracket;
        } else {
            put(bracket);
        }
    }

    /** Appends bytes as they are. */
    void raw(Fragment json) {
        ensure(json.room());
        size = json.copy(bytes, size);
    }

    /** Appends bytes as they are. */
    void raw(byte[] json) {
        ensure(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** Appends the digits of a number without a comma. */
    void digits(long value) {
        ensure(Digits.ROOM);
        size = Digits.put(value, bytes, size);
    }

    /** Appends a number. */
    void integer(long value) {
        ensure(Digits.ROOM + 1);
        int at = Digits.put(value, bytes, size);
        bytes[at] = ',';
        size = at + 1;
    }

    /** Appends a finite number. */
    void decimal(double value) {
        raw((value + ",").getBytes(StandardCharsets.US_ASCII));
    }

    /** Appends a boolean. */
    void flag(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    /** Appends a string. */
    void text(String text) {
        ensure(QUOTES + MAX_ESCAPED * text.length() + 1);
        int at = quote(text, bytes, size);
        bytes[at] = ',';
        size = at + 1;
    }

    /** Returns the name of a member with quotes and colon, without appending it. */
    Fragment memberName(String name) {
        ensure(QUOTES + MAX_ESCAPED * name.length() + 1);
        int end = quote(name, bytes, size); // in the free part of the buffer
        bytes[end] = ':';
        return new Fragment(copy(size, end + 1));
    }

    private static int quote(String text, byte[] target, int start) {
        int units = text.length();
        target[start] = '"';
        int at = start + 1;
        for (int i = 0; i < units; i++) { // this loop suffices for nearly all texts
            char unit = text.charAt(i);
            if (unit >= PLAIN.length || !PLAIN[unit]) {
                at = escapeFrom(text, i, target, at + i);
                target[at] = '"';
                return at + 1;
            }
            target[at + i] = (byte) unit;
        }
        target[at + units] = '"';
        return at + units + 1;
    }

    private static int escapeFrom(String text, int from, byte[] target, int start) {
        int at = start;
        for (int i = from; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= PLAIN.length) {
                at = Utf8.put(text, i, target, at);
                i += Utf8.isPair(text, i) ? 1 : 0;
            } else if (PLAIN[unit]) {
                target[at++] = (byte) unit;
            } else {
                at = escape(unit, target, at);
            }
        }
        return at;
    }

    private static int escape(char unit, byte[] target, int at) {
        target[at] = '\\';
        char letter = switch (unit) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            case '"', '\\' -> unit;
            default -> 'u';
        };
        target[at + 1] = (byte) letter;
        if (letter != 'u') {
            return at + 2;
        }
        target[at + 2] = '0';
        target[at + 3] = '0';
        target[at + 4] = HEX[unit >> 4];
        target[at + 5] = HEX[unit & 0xF];
        return at + MAX_ESCAPED;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}

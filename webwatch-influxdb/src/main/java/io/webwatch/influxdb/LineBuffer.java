package io.webwatch.influxdb;

import io.webwatch.bytes.Digits;
import io.webwatch.bytes.Fragment;
import io.webwatch.bytes.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing buffer of bytes to which texts and numbers are appended in line protocol. Allocates nothing once it has grown,
 * except for decimals of more than fifteen digits. Not thread-safe.
 *
 * @see <a href="https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/">Line protocol</a>
 */
final class LineBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Fragment JSON_QUOTE = Keys.ascii("\\\"");
    private static final Fragment JSON_ESCAPED_QUOTE = Keys.ascii("\\\\\\\"");
    private static final Fragment JSON_ESCAPED_BACKSLASH = Keys.ascii("\\\\\\\\");
    private static final Fragment JSON_CONTROL = Keys.ascii("\\\\" + "u00");
    private static final long[] POWERS = new long[19];
    private static final int DECIMAL_PLACES = 16;
    private static final double EXACT = 1L << 53;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private byte[] bytes;
    private int size;

    LineBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** Returns the array whose first {@link #size} bytes are the content. Valid until more is appended. */
    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void one(int ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void raw(Fragment key) {
        reserve(key.room());
        size = key.copy(bytes, size);
    }

    void raw(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void number(long value) {
        reserve(Digits.ROOM);
        size = Digits.put(value, bytes, size);
    }

    /** Appends a finite number in a form that reads back as the same number. */
    void decimal(double value) {
        if (Math.abs(value) < EXACT) {
            for (int places = 0; places < DECIMAL_PLACES; places++) {
                double scaled = value * POWERS[places];
                if (Math.abs(scaled) >= EXACT) {
                    break;
                }
                // Both operands are exact, so a reader of the digits gets the same quotient.
                long digits = Math.round(scaled);
                if ((double) digits / POWERS[places] == value) {
                    scaled(digits, places, value < 0);
                    return;
                }
            }
        }
        raw(Keys.ascii(Double.toString(value)));
    }

    private void scaled(long digits, int places, boolean negative) {
        long magnitude = Math.abs(digits);
        if (negative) {
            one('-');
        }
        number(magnitude / POWERS[places]);
        if (places == 0) {
            return;
        }
        long fraction = magnitude % POWERS[places];
        one('.');
        for (int i = places - 1; i > 0 && fraction < POWERS[i]; i--) {
            one('0');
        }
        number(fraction);
    }

    /** Appends a string field, unless the text is null. The key includes the opening quote. */
    void text(Fragment key, @Nullable String text) {
        if (text == null) {
            return;
        }
        reserve(key.room() + 3 * text.length() + 1);
        int at = key.copy(bytes, size);
        at = quoted(text, bytes, at);
        bytes[at] = '"';
        size = at + 1;
    }

    /** Appends an integer field. */
    void integer(Fragment key, long value) {
        reserve(key.room() + Digits.ROOM + 1);
        int at = Digits.put(value, bytes, key.copy(bytes, size));
        bytes[at] = 'i';
        size = at + 1;
    }

    /** Appends a string in quotes. */
    void quoted(String text) {
        one('"');
        quotedPart(text);
        one('"');
    }

    /** Appends text inside the quotes of a string field. */
    void quotedPart(String text) {
        reserve(3 * text.length());
        size = quoted(text, bytes, size);
    }

    private static int quoted(String text, byte[] target, int start) {
        int length = text.length();
        for (int i = 0; i < length; i++) { // nearly all texts need no escape
            char c = text.charAt(i);
            if (c >= 0x80 || c == '"' || c == '\\') {
                return quotedRest(text, i, target, start + i);
            }
            target[start + i] = (byte) c;
        }
        return start + length;
    }

    private static int quotedRest(String text, int from, byte[] target, int start) {
        int at = start;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                target[at++] = '\\';
                target[at++] = (byte) c;
            } else if (c < 0x80) {
                target[at++] = (byte) c;
            } else {
                at = Utf8.put(text, i, target, at);
                i += Utf8.isPair(text, i) ? 1 : 0;
            }
        }
        return at;
    }

    /** Appends a JSON string inside the quotes of a string field. */
    void quotedJson(String text) {
        raw(JSON_QUOTE);
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            reserve(8);
            if (c == '"') {
                raw(JSON_ESCAPED_QUOTE);
            } else if (c == '\\') {
                raw(JSON_ESCAPED_BACKSLASH);
            } else if (c < 0x20) {
                raw(JSON_CONTROL);
                one(HEX[c >> 4]);
                one(HEX[c & 15]);
            } else if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else {
                size = Utf8.put(text, i, bytes, size);
                i += Utf8.isPair(text, i) ? 1 : 0;
            }
        }
        raw(JSON_QUOTE);
    }

    /**
     * Appends a key or a tag value, which has no quotes. Servers agree on the escapes of comma, space and equals sign, and
     * that a backslash before any other character stands for itself. Text with characters on which they do not agree must
     * be made {@linkplain TagText#portable portable} first.
     */
    void unquoted(String text) {
        int length = text.length();
        reserve(3 * length);
        byte[] target = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == ',' || c == ' ' || c == '=') {
                target[at++] = '\\';
                target[at++] = (byte) c;
            } else if (c < 0x80) {
                target[at++] = (byte) c;
            } else {
                at = Utf8.put(text, i, target, at);
                i += Utf8.isPair(text, i) ? 1 : 0;
            }
        }
        size = at;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
}

package io.webwatch.influxdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow, and how line protocol writes texts and numbers into them. Allocates nothing once it has grown, but for
 * decimals of more than fifteen digits. Not thread-safe.
 *
 * @see <a href="https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/">Line protocol</a>
 */
final class LineBuffer {
    private static final byte[] DIGIT_TENS = new byte[100];
    private static final byte[] DIGIT_ONES = new byte[100];
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEAST = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    private static final long[] POWERS = new long[16];
    private static final double EXACT = 1L << 53;
    private static final int MAX_LONG = 20;

    static {
        for (int i = 0; i < 100; i++) {
            DIGIT_TENS[i] = (byte) ('0' + i / 10);
            DIGIT_ONES[i] = (byte) ('0' + i % 10);
        }
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

    /** The bytes written are the first {@link #size} of these; only until the next one is written. */
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

    void raw(byte[] source) {
        raw(source, 0, source.length);
    }

    void raw(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void number(long value) {
        reserve(MAX_LONG);
        if (value == Long.MIN_VALUE) {
            raw(LEAST);
            return;
        }
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int end = size + digits(rest);
        int at = end;
        while (rest >= 100) {
            long quotient = rest / 100;
            int pair = (int) (rest - quotient * 100);
            bytes[--at] = DIGIT_ONES[pair];
            bytes[--at] = DIGIT_TENS[pair];
            rest = quotient;
        }
        bytes[--at] = DIGIT_ONES[(int) rest];
        if (rest >= 10) {
            bytes[--at] = DIGIT_TENS[(int) rest];
        }
        size = end;
    }

    /** A finite number, so that reading it gives the same one. */
    void decimal(double value) {
        if (Math.abs(value) < EXACT) {
            for (int places = 0; places < POWERS.length; places++) {
                double scaled = value * POWERS[places];
                if (Math.abs(scaled) >= EXACT) {
                    break;
                }
                // Both operands are exact here, so the quotient is what a reader of the digits gets.
                long digits = Math.round(scaled);
                if ((double) digits / POWERS[places] == value) {
                    scaled(digits, places, value < 0);
                    return;
                }
            }
        }
        raw(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
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

    private static int digits(long value) {
        for (int i = 1; i < POWERS.length; i++) {
            if (value < POWERS[i]) {
                return i;
            }
        }
        int digits = POWERS.length - 1;
        for (long rest = value / POWERS[digits]; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** A string field's value with its quotes. */
    void quoted(String text) {
        one('"');
        quotedPart(text);
        one('"');
    }

    /** A text within the quotes of a string field. */
    void quotedPart(String text) {
        int length = text.length();
        reserve(3 * length);
        byte[] target = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                target[at++] = '\\';
                target[at++] = (byte) c;
            } else if (c < 0x80) {
                target[at++] = (byte) c;
            } else {
                at = utf8(text, i, target, at);
                i += isPair(text, i) ? 1 : 0;
            }
        }
        size = at;
    }

    /** A JSON string within the quotes of a string field. */
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
                size = utf8(text, i, bytes, size);
                i += isPair(text, i) ? 1 : 0;
            }
        }
        raw(JSON_QUOTE);
    }

    private static final byte[] JSON_QUOTE = {'\\', '"'};
    private static final byte[] JSON_ESCAPED_QUOTE = {'\\', '\\', '\\', '"'};
    private static final byte[] JSON_ESCAPED_BACKSLASH = {'\\', '\\', '\\', '\\'};
    private static final byte[] JSON_CONTROL = {'\\', '\\', 'u', '0', '0'};

    /**
     * A value or key outside of quotes. Servers agree on the escapes of comma, space and equals sign, and on a backslash
     * before any other character being itself; a text that {@link #isPlain} finds fault with must be altered before.
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
                at = utf8(text, i, target, at);
                i += isPair(text, i) ? 1 : 0;
            }
        }
        size = at;
    }

    private static int utf8(String text, int i, byte[] target, int start) {
        int at = start;
        char c = text.charAt(i);
        if (c < 0x800) {
            target[at++] = (byte) (0xc0 | c >> 6);
        } else if (isPair(text, i)) {
            int point = Character.toCodePoint(c, text.charAt(i + 1));
            target[at++] = (byte) (0xf0 | point >> 18);
            target[at++] = (byte) (0x80 | point >> 12 & 0x3f);
            target[at++] = (byte) (0x80 | point >> 6 & 0x3f);
            target[at++] = (byte) (0x80 | point & 0x3f);
            return at;
        } else {
            c = Character.isSurrogate(c) ? '\ufffd' : c; // its partner is missing, and servers refuse what is not UTF-8
            target[at++] = (byte) (0xe0 | c >> 12);
            target[at++] = (byte) (0x80 | c >> 6 & 0x3f);
        }
        target[at++] = (byte) (0x80 | c & 0x3f);
        return at;
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}

package io.webwatch.wire;

import java.util.Arrays;

/**
 * Reads strings with escapes or characters beyond ASCII. UTF-8 is decoded strictly (Unicode 15, table 3-7): overlong
 * forms, encoded surrogates and values above U+10FFFF are rejected. An escaped surrogate without a partner becomes U+FFFD,
 * so that every string is well-formed.
 */
final class EscapedText {
    private static final char REPLACEMENT = '\uFFFD';

    private final JsonBytes in;
    private char[] chars = new char[64];
    private int length;
    private int limit;
    private boolean full;

    EscapedText(JsonBytes in) {
        this.in = in;
    }

    /** Reads up to and including the closing quote and returns at most {@code limit} UTF-16 units. */
    String read(int limit) throws MalformedBatchException {
        this.length = 0;
        this.limit = limit;
        this.full = false;
        while (true) {
            int b = in.textByte();
            if (b == '"') {
                return new String(chars, 0, length);
            }
            if (b == '\\') {
                escape();
            } else if (b >= 0x80) {
                multiByte(b);
            } else if (b >= ' ') {
                put((char) b);
            } else {
                in.unread();
                throw in.malformed("a string has an unescaped control character");
            }
        }
    }

    /** Returns whether the last string was longer than its limit. */
    boolean wasCut() {
        return full;
    }

    private void escape() throws MalformedBatchException {
        int b = in.textByte();
        switch (b) {
            case '"', '\\', '/' -> put((char) b);
            case 'b' -> put('\b');
            case 'f' -> put('\f');
            case 'n' -> put('\n');
            case 'r' -> put('\r');
            case 't' -> put('\t');
            case 'u' -> unicodeEscape();
            default -> {
                in.unread();
                throw in.malformed("an escape sequence is not valid in JSON");
            }
        }
    }

    private void unicodeEscape() throws MalformedBatchException {
        char unit = hex();
        // each high surrogate in a row is checked for its own partner
        while (Character.isHighSurrogate(unit)) {
            if (in.peekTextByte() != '\\') {
                put(REPLACEMENT);
                return;
            }
            in.textByte();
            if (in.peekTextByte() != 'u') {
                in.unread();
                put(REPLACEMENT);
                return;
            }
            in.textByte();
            char next = hex();
            if (Character.isLowSurrogate(next)) {
                put(unit, next);
                return;
            }
            put(REPLACEMENT);
            unit = next;
        }
        put(Character.isLowSurrogate(unit) ? REPLACEMENT : unit);
    }

    private char hex() throws MalformedBatchException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int b = in.textByte();
            int digit = b < 0x80 ? Character.digit(b, 16) : -1;
            if (digit < 0) {
                in.unread();
                throw in.malformed("a unicode escape does not have four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private void multiByte(int lead) throws MalformedBatchException {
        if (lead < 0xC2 || lead > 0xF4) {
            in.unread();
            throw in.malformed("a byte is not UTF-8");
        }
        if (lead < 0xE0) {
            put((char) ((lead & 0x1F) << 6 | continuation(0x80, 0xBF)));
        } else if (lead < 0xF0) {
            int second = continuation(lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
            put((char) ((lead & 0x0F) << 12 | second << 6 | continuation(0x80, 0xBF)));
        } else {
            int second = continuation(lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
            int third = continuation(0x80, 0xBF);
            int codePoint = (lead & 0x07) << 18 | second << 12 | third << 6 | continuation(0x80, 0xBF);
            put(Character.highSurrogate(codePoint), Character.lowSurrogate(codePoint));
        }
    }

    private int continuation(int from, int to) throws MalformedBatchException {
        int b = in.textByte();
        if (b < from || b > to) {
            in.unread();
            throw in.malformed("a byte is not UTF-8");
        }
        return b & 0x3F;
    }

    private void put(char unit) {
        if (full || length >= limit) {
            full = true;
            return;
        }
        room(1);
        chars[length++] = unit;
    }

    private void put(char high, char low) {
        if (full || length + 2 > limit) {
            full = true;
            return;
        }
        room(2);
        chars[length++] = high;
        chars[length++] = low;
    }

    private void room(int units) {
        if (length + units > chars.length) {
            chars = Arrays.copyOf(chars, chars.length * 2);
        }
    }
}

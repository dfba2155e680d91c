package io.webwatch.wire;

import org.jspecify.annotations.Nullable;

/**
 * A strict JSON reader (RFC 8259) over a byte array for the wire format: keys become numbers, strings are cut while they
 * are read, and skipped values are not copied. Depth and the length of numbers are limited. Everything that is not JSON or
 * not UTF-8 is rejected, including in skipped values. Not thread-safe; use one for each body.
 */
final class JsonCursor extends JsonScalars {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_KEY_LENGTH = 64;

    private int depth;
    private int keyFrom;
    private int keyTo;
    private @Nullable String keyText;

    JsonCursor(byte[] in, int offset, int length, TextCache texts) {
        super(in, offset, length, texts);
    }

    /** Opens the object whose first byte {@link #peek} returned. */
    void openObject() throws MalformedBatchException {
        open();
    }

    /** Opens the array whose first byte {@link #peek} returned. */
    void openArray() throws MalformedBatchException {
        open();
    }

    private void open() throws MalformedBatchException {
        if (++depth > MAX_DEPTH) {
            throw malformed("nesting is deeper than " + MAX_DEPTH + " levels");
        }
        pos++;
    }

    /** Returns the number of the first key after {@link #openObject}, or {@link WireKeys#END}. */
    int firstKey() throws MalformedBatchException {
        int next = peek();
        if (next == '"') {
            return key();
        }
        if (next == '}') {
            return close();
        }
        throw unexpected("a key or '}'");
    }

    /** Returns the number of the key after a value, or {@link WireKeys#END}. */
    int nextKey() throws MalformedBatchException {
        int next = peek();
        if (next == ',') {
            pos++;
            if (peek() == '"') {
                return key();
            }
            throw unexpected("a key");
        }
        if (next == '}') {
            return close();
        }
        throw unexpected("',' or '}'");
    }

    /** Returns whether the array has an item, after {@link #openArray}. */
    boolean firstItem() throws MalformedBatchException {
        if (peek() == ']') {
            close();
            return false;
        }
        return true;
    }

    /** Returns whether another item follows. */
    boolean nextItem() throws MalformedBatchException {
        int next = peek();
        if (next == ',') {
            pos++;
            return true;
        }
        if (next == ']') {
            close();
            return false;
        }
        throw unexpected("',' or ']'");
    }

    private int close() {
        depth--;
        pos++;
        return WireKeys.END;
    }

    /** Checks that nothing follows the batch. */
    void finish() throws MalformedBatchException {
        if (peek() != -1) {
            throw malformed("something follows the end of the batch");
        }
    }

    /** Returns to a {@link #mark} inside the object or array that is open at {@code openDepth}. */
    void reset(int mark, int openDepth) {
        pos = mark;
        depth = openDepth;
    }

    int depth() {
        return depth;
    }

    private int key() throws MalformedBatchException {
        int from = pos + 1;
        if (from + 2 < end) {
            byte first = in[from];
            byte second = in[from + 1];
            if (second == '"' && isPlain(first)) {
                return shortKey(from, from + 1, first);
            }
            if (in[from + 2] == '"' && isPlain(first) && isPlain(second)) {
                return shortKey(from, from + 2, first << 8 | second);
            }
        }
        return anyKey(from);
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    private int shortKey(int from, int to, int number) throws MalformedBatchException {
        keyFrom = from;
        keyTo = to;
        keyText = null;
        pos = to + 1;
        colon();
        return number;
    }

    private int anyKey(int from) throws MalformedBatchException {
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            keyText = escaped().read(MAX_KEY_LENGTH);
            colon();
            return WireKeys.of(keyText);
        }
        return shortKey(from, to, to - from > 2 || to == from ? WireKeys.OTHER : WireKeys.of(latin(from, to)));
    }

    private void colon() throws MalformedBatchException {
        if (pos < end && in[pos] == ':') {
            pos++;
        } else if (peek() == ':') {
            pos++;
        } else {
            throw unexpected("':'");
        }
    }

    /** Returns the last key, cut at 64 characters. */
    String keyText() {
        String text = keyText;
        return text != null ? text : shared(keyFrom, Math.min(keyTo, keyFrom + MAX_KEY_LENGTH));
    }

    /** Checks and skips a value of any type. */
    void skipValue() throws MalformedBatchException {
        switch (peek()) {
            case '"' -> skipText();
            case '{' -> {
                openObject();
                for (int key = firstKey(); key != WireKeys.END; key = nextKey()) {
                    skipValue();
                }
            }
            case '[' -> {
                openArray();
                for (boolean more = firstItem(); more; more = nextItem()) {
                    skipValue();
                }
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("a value");
        }
    }
}

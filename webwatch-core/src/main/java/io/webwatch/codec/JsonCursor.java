package io.webwatch.codec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A strict JSON reader (RFC 8259) over a byte array, shaped for the wire format: keys become numbers, texts are cut
 * while they are read, and nothing is copied that is not kept. Depth and the length of numbers are bounded; whatever is
 * not JSON or not UTF-8 is refused, in skipped values too. For one thread and one body.
 */
final class JsonCursor {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_KEY_LENGTH = 64;

    private final byte[] in;
    private final int start;
    private final int end;
    private int pos;
    private int depth;

    private int keyFrom;
    private int keyTo;
    private @Nullable String keyText;
    private @Nullable EscapedText escaped;

    private long longValue;
    private double doubleValue;

    JsonCursor(byte[] in, int offset, int length) {
        this.in = in;
        this.start = offset;
        this.end = offset + length;
        this.pos = offset;
    }

    // ---- structure

    /** The next byte that is no white space, not consumed; -1 at the end. */
    int peek() {
        while (pos < end) {
            byte b = in[pos];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                return b & 0xff;
            }
            pos++;
        }
        return -1;
    }

    /** Opens the object that {@link #peek} saw. */
    void openObject() throws MalformedBatchException {
        open();
    }

    /** Opens the array that {@link #peek} saw. */
    void openArray() throws MalformedBatchException {
        open();
    }

    private void open() throws MalformedBatchException {
        if (++depth > MAX_DEPTH) {
            throw malformed("nesting is deeper than " + MAX_DEPTH + " levels");
        }
        pos++;
    }

    /** The number of the first key of an object just opened, or {@link WireKeys#END}. */
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

    /** The number of the key after a value, or {@link WireKeys#END}. */
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

    /** Whether an array just opened has a first item. */
    boolean firstItem() throws MalformedBatchException {
        if (peek() == ']') {
            close();
            return false;
        }
        return true;
    }

    /** Whether another item follows. */
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

    /** Checks that nothing follows. */
    void finish() throws MalformedBatchException {
        if (peek() != -1) {
            throw malformed("something follows the end of the batch");
        }
    }

    /** A place to come back to with {@link #reset}; within the same object or array. */
    int mark() {
        return pos;
    }

    /** Goes back to a place inside the object or array that is open at {@code openDepth}. */
    void reset(int mark, int openDepth) {
        pos = mark;
        depth = openDepth;
    }

    int depth() {
        return depth;
    }

    // ---- keys

    private int key() throws MalformedBatchException {
        int from = ++pos;
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            keyText = escaped().read(MAX_KEY_LENGTH);
            colon();
            return WireKeys.of(keyText);
        }
        pos = to + 1;
        keyFrom = from;
        keyTo = to;
        keyText = null;
        colon();
        return switch (to - from) {
            case 1 -> in[from];
            case 2 -> in[from] << 8 | in[from + 1];
            default -> WireKeys.OTHER;
        };
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

    /** The key last read, cut at 64 characters. */
    String keyText() {
        String text = keyText;
        return text != null ? text : latin(keyFrom, Math.min(keyTo, keyFrom + MAX_KEY_LENGTH));
    }

    // ---- texts

    /** Reads the text that {@link #peek} saw, cut at a limit of UTF-16 units, never inside a surrogate pair. */
    String text(int limit) throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            return escaped().read(limit);
        }
        pos = to + 1;
        return latin(from, Math.min(to, from + limit));
    }

    /**
     * Consumes the text that {@link #peek} saw when it is plain ASCII without escapes, so that its bytes are those from
     * {@link #mark} taken before; returns its length, or -1 when it is not and nothing was consumed.
     */
    int plainText() {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            return -1;
        }
        pos = to + 1;
        return to - from;
    }

    byte[] bytes() {
        return in;
    }

    /** Index of the closing quote, or -1 when an escape, a non-ASCII character, a control or the end comes first. */
    private int asciiEnd(int from) {
        byte[] bytes = in;
        int limit = end;
        for (int i = from; i < limit; i++) {
            byte b = bytes[i];
            if (b == '"') {
                return i;
            }
            if (b < ' ' || b == '\\') {
                return -1;
            }
        }
        return -1;
    }

    private String latin(int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private EscapedText escaped() {
        EscapedText reader = escaped;
        if (reader == null) {
            reader = new EscapedText(this);
            escaped = reader;
        }
        return reader;
    }

    /** The next byte of a text, as a value from 0 to 255. */
    int textByte() throws MalformedBatchException {
        if (pos >= end) {
            throw malformed("the body ends within a text");
        }
        return in[pos++] & 0xff;
    }

    /** The next byte of a text, not consumed; -1 at the end. */
    int peekTextByte() {
        return pos < end ? in[pos] & 0xff : -1;
    }

    /** Steps back within a text. */
    void unread(int bytes) {
        pos -= bytes;
    }

    // ---- scalars

    /** Consumes {@code null} when it is next. */
    boolean nullLiteral() throws MalformedBatchException {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /** Consumes a literal whose first letter {@link #peek} saw. */
    void literal(String literal) throws MalformedBatchException {
        for (int i = 0; i < literal.length(); i++) {
            if (pos + i >= end || in[pos + i] != literal.charAt(i)) {
                throw unexpected("a value");
            }
        }
        pos += literal.length();
    }

    /** Whether a byte seen by {@link #peek} begins a number. */
    static boolean beginsNumber(int next) {
        return next >= '0' && next <= '9' || next == '-';
    }

    /**
     * Reads the number that {@link #peek} saw.
     *
     * @return whether it is written as an integer and fits a long, so that {@link #longValue} holds it; otherwise {@link
     *     #doubleValue} does, perhaps as an infinity
     */
    boolean number() throws MalformedBatchException {
        int from = pos;
        boolean negative = in[pos] == '-';
        if (negative) {
            pos++;
        }
        int digitsFrom = pos;
        long value = 0;
        while (pos < end && in[pos] >= '0' && in[pos] <= '9') {
            value = value * 10 + (in[pos++] - '0');
        }
        int digits = pos - digitsFrom;
        if (digits == 0 || digits > 1 && in[digitsFrom] == '0') {
            throw malformed("a number is not written as JSON has it");
        }
        boolean integer = pos >= end || in[pos] != '.' && (in[pos] | 0x20) != 'e';
        if (integer && digits <= 18) {
            longValue = negative ? -value : value;
            return true;
        }
        return longNumber(from, integer);
    }

    private boolean longNumber(int from, boolean integer) throws MalformedBatchException {
        if (pos < end && in[pos] == '.') {
            pos++;
            digits();
        }
        if (pos < end && (in[pos] | 0x20) == 'e') {
            pos++;
            if (pos < end && (in[pos] == '+' || in[pos] == '-')) {
                pos++;
            }
            digits();
        }
        if (pos - from > MAX_NUMBER_LENGTH) {
            throw malformed("a number is longer than " + MAX_NUMBER_LENGTH + " characters");
        }
        String text = latin(from, pos);
        if (integer && text.length() <= 20) {
            try {
                longValue = Long.parseLong(text);
                return true;
            } catch (NumberFormatException beyondLong) {
                // 19 digits can be more than a long holds
            }
        }
        doubleValue = Double.parseDouble(text);
        return false;
    }

    private void digits() throws MalformedBatchException {
        int from = pos;
        while (pos < end && in[pos] >= '0' && in[pos] <= '9') {
            pos++;
        }
        if (pos == from) {
            throw malformed("a number is not written as JSON has it");
        }
    }

    long longValue() {
        return longValue;
    }

    double doubleValue() {
        return doubleValue;
    }

    // ---- skipping

    /** Skips a value of any kind, checking it. */
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

    private void skipText() throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            escaped().read(0);
        } else {
            pos = to + 1;
        }
    }

    // ---- errors

    MalformedBatchException unexpected(String expected) {
        return malformed((peek() == -1 ? "the body ends where " : "") + expected + " is expected");
    }

    /** An error at the present place. */
    MalformedBatchException malformed(String what) {
        return new MalformedBatchException("At byte " + (pos - start) + " of the batch, " + what + ".");
    }
}

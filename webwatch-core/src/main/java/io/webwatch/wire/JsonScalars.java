package io.webwatch.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the scalars of JSON; texts are cut while they are read. */
abstract class JsonScalars extends JsonBytes {
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_LONG_LENGTH = 20;
    /** What has so many digits is exact as a long and as a double. */
    private static final int MAX_EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final TextCache texts;
    private @Nullable EscapedText escaped;
    private long longValue;
    private double doubleValue;

    JsonScalars(byte[] in, int offset, int length, TextCache texts) {
        super(in, offset, length);
        this.texts = texts;
    }

    /** Reads the text that {@link #peek} saw, cut at a limit of UTF-16 units, never inside a surrogate pair. */
    final String text(int limit) throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            return escapedText(from, limit);
        }
        pos = to + 1;
        return shared(from, Math.min(to, from + limit));
    }

    /** As {@link #text}, for what is not expected to come again. */
    final String uniqueText(int limit) throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            return escaped().read(limit);
        }
        pos = to + 1;
        return latin(from, Math.min(to, from + limit));
    }

    private String escapedText(int from, int limit) throws MalformedBatchException {
        int to = rawEnd(from);
        String known = to < 0 ? null : texts.find(in, from, to);
        if (known != null && known.length() <= limit) {
            pos = to + 1;
            return known;
        }
        pos = from;
        EscapedText reader = escaped();
        String text = reader.read(limit);
        if (!reader.wasCut()) {
            texts.remember(in, from, pos - 1, text);
        }
        return text;
    }

    /** Index of the closing quote of a text that may hold anything, or -1 when it is far or there is none. */
    private int rawEnd(int from) {
        int limit = Math.min(end, from + TextCache.MAX_LENGTH + 1);
        for (int i = from; i < limit; i++) {
            if (in[i] == '"') {
                return i;
            }
            if (in[i] == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** The text of bytes that are known to be ASCII, one copy for all who send it. */
    final String shared(int from, int to) {
        String known = texts.find(in, from, to);
        if (known != null) {
            return known;
        }
        String text = latin(from, to);
        texts.remember(in, from, to, text);
        return text;
    }

    /**
     * Consumes the text that {@link #peek} saw when it is plain ASCII without escapes, so that its bytes are those from
     * {@link #mark} taken before; returns its length, or -1 when it is not and nothing was consumed.
     */
    final int plainText() {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            return -1;
        }
        pos = to + 1;
        return to - from;
    }

    /** Index of the closing quote, or -1 when an escape, a non-ASCII character, a control or the end comes first. */
    final int asciiEnd(int from) {
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

    /** The text of bytes that are known to be ASCII. */
    final String latin(int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The reader of what is not plain ASCII. */
    final EscapedText escaped() {
        EscapedText reader = escaped;
        if (reader == null) {
            reader = new EscapedText(this);
            escaped = reader;
        }
        return reader;
    }

    /** Skips the text that {@link #peek} saw, checking it. */
    final void skipText() throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            escaped().read(0);
        } else {
            pos = to + 1;
        }
    }

    /** Consumes {@code null} when it is next. */
    final boolean nullLiteral() throws MalformedBatchException {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /** Consumes a literal whose first letter {@link #peek} saw. */
    final void literal(String literal) throws MalformedBatchException {
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
    final boolean number() throws MalformedBatchException {
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
        if (digits <= MAX_EXACT_DIGITS) {
            if (!goesOn()) {
                longValue = negative ? -value : value;
                return true;
            }
            if (in[pos] == '.' && shortFraction(negative, value, digits)) {
                return false;
            }
        }
        return longNumber(from);
    }

    /** Whether a fraction or an exponent follows. */
    private boolean goesOn() {
        return pos < end && (in[pos] == '.' || (in[pos] | 0x20) == 'e');
    }

    /** Reads the fraction when the result is exact by one division of two exact doubles; otherwise consumes nothing. */
    private boolean shortFraction(boolean negative, long whole, int wholeDigits) {
        int from = pos + 1;
        int to = from;
        long value = whole;
        while (to < end && in[to] >= '0' && in[to] <= '9') {
            value = value * 10 + (in[to++] - '0');
        }
        boolean exponent = to < end && (in[to] | 0x20) == 'e';
        if (to == from || exponent || wholeDigits + to - from > MAX_EXACT_DIGITS) {
            return false;
        }
        double exact = value / POWERS_OF_TEN[to - from];
        doubleValue = negative ? -exact : exact;
        pos = to;
        return true;
    }

    private boolean longNumber(int from) throws MalformedBatchException {
        boolean integer = !goesOn();
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
        if (integer && text.length() <= MAX_LONG_LENGTH) {
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

    final long longValue() {
        return longValue;
    }

    final double doubleValue() {
        return doubleValue;
    }
}

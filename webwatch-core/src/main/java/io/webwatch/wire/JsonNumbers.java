package io.webwatch.wire;

import java.nio.charset.StandardCharsets;

/** Reads JSON numbers. */
abstract class JsonNumbers extends JsonBytes {
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_LONG_LENGTH = 20;
    /** Up to this number of digits, an integer is exact as a long and as a double. */
    private static final int MAX_EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private long longValue;
    private double doubleValue;

    JsonNumbers(byte[] in, int offset, int length) {
        super(in, offset, length);
    }

    /** Returns whether a number starts with the byte that {@link #peek} returned. */
    static boolean beginsNumber(int next) {
        return next >= '0' && next <= '9' || next == '-';
    }

    /**
     * Reads a number.
     *
     * @return true if it is an integer and {@link #longValue} has it; false if {@link #doubleValue} has it, which can be
     *     infinite
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
            throw malformed("a number is not valid in JSON");
        }
        if (digits <= MAX_EXACT_DIGITS) {
            if (!hasFractionOrExponent()) {
                longValue = negative ? -value : value;
                return true;
            }
            if (in[pos] == '.' && shortFraction(negative, value, digits)) {
                return false;
            }
        }
        return longNumber(from);
    }

    /** Returns whether a fraction or an exponent follows. */
    private boolean hasFractionOrExponent() {
        return pos < end && (in[pos] == '.' || (in[pos] | 0x20) == 'e');
    }

    /** Reads a fraction if one division of two exact doubles gives the exact result; otherwise consumes nothing. */
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
        boolean integer = !hasFractionOrExponent();
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
        String text = new String(in, from, pos - from, StandardCharsets.ISO_8859_1);
        if (integer && text.length() <= MAX_LONG_LENGTH) {
            try {
                longValue = Long.parseLong(text);
                return true;
            } catch (NumberFormatException beyondLong) {
                // 19 digits can exceed a long
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
            throw malformed("a number is not valid in JSON");
        }
    }

    final long longValue() {
        return longValue;
    }

    final double doubleValue() {
        return doubleValue;
    }
}

package io.webwatch.wire;

/** A body and a position in it. */
abstract class JsonBytes {
    final byte[] in;
    final int end;
    int pos;

    private final int start;

    JsonBytes(byte[] in, int offset, int length) {
        this.in = in;
        this.start = offset;
        this.end = offset + length;
        this.pos = offset;
    }

    /** Returns the next byte that is not white space without consuming it, from 0 to 255, or -1 at the end. */
    final int peek() {
        while (pos < end) {
            byte b = in[pos];
            if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xff;
            }
            pos++;
        }
        return -1;
    }

    /** Returns the current position as an index into {@link #bytes}. */
    final int mark() {
        return pos;
    }

    /** Returns the array that contains the body. */
    final byte[] bytes() {
        return in;
    }

    /** Consumes and returns the next byte of a string, from 0 to 255. */
    final int textByte() throws MalformedBatchException {
        if (pos >= end) {
            throw malformed("the body ends inside a string");
        }
        return in[pos++] & 0xff;
    }

    /** Returns the next byte of a string without consuming it, or -1 at the end. */
    final int peekTextByte() {
        return pos < end ? in[pos] & 0xff : -1;
    }

    /** Moves back by one byte. */
    final void unread() {
        pos--;
    }

    /** Returns the error for a next byte that is not the expected one. */
    final MalformedBatchException unexpected(String expected) {
        return malformed((peek() == -1 ? "the body ends where " : "") + expected + " is expected");
    }

    /** Returns the error for the current position. */
    final MalformedBatchException malformed(String clause) {
        return new MalformedBatchException("At byte " + (pos - start) + " of the batch, " + clause + ".");
    }
}

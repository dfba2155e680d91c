package io.webwatch.wire;

/** A body and a place in it. */
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

    /** The next byte that is no white space, not consumed, as a value from 0 to 255; -1 at the end. */
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

    /** The present place, as an index into {@link #bytes}. */
    final int mark() {
        return pos;
    }

    /** The array that holds the body. */
    final byte[] bytes() {
        return in;
    }

    /** Consumes the next byte of a text, as a value from 0 to 255. */
    final int textByte() throws MalformedBatchException {
        if (pos >= end) {
            throw malformed("the body ends within a text");
        }
        return in[pos++] & 0xff;
    }

    /** The next byte of a text, not consumed; -1 at the end. */
    final int peekTextByte() {
        return pos < end ? in[pos] & 0xff : -1;
    }

    /** Steps back one byte. */
    final void unread() {
        pos--;
    }

    /** What {@link #peek} sees is not what should stand here. */
    final MalformedBatchException unexpected(String expected) {
        return malformed((peek() == -1 ? "the body ends where " : "") + expected + " is expected");
    }

    /** An error at the present place. */
    final MalformedBatchException malformed(String clause) {
        return new MalformedBatchException("At byte " + (pos - start) + " of the batch, " + clause + ".");
    }
}

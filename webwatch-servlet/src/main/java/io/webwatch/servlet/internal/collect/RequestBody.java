package io.webwatch.servlet.internal.collect;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a request body, limited before and after inflation.
 *
 * @param bytes the body, followed by unused bytes
 * @param length size of the body in bytes
 */
record RequestBody(byte[] bytes, int length) {
    private static final int FIRST_CHUNK = 4 << 10;
    private static final int EXACT_UP_TO = 64 << 10;

    /** The body exceeds the limit. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("The body exceeds the limit.", null, false, false);
        }
    }

    /** The body does not match its headers. The message is a sentence for the client. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Reads the body of a request.
     *
     * @param limit maximum size in bytes
     * @param gzip whether the body is compressed
     * @throws IOException if the client has disconnected or the framing is broken
     */
    static RequestBody read(HttpServletRequest request, int limit, boolean gzip)
            throws IOException, TooLargeException, BrokenException {
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw new TooLargeException();
        }
        RequestBody body = read(request.getInputStream(), announced, limit);
        return gzip ? Gzip.inflate(body.bytes, body.length, limit) : body;
    }

    private static RequestBody read(InputStream in, long announced, int limit)
            throws IOException, TooLargeException, BrokenException {
        // memory for an announced length is only allocated up to a bound, because the body may never arrive
        byte[] buffer =
                new byte[announced < 0 ? Math.min(FIRST_CHUNK, limit + 1) : (int) Math.min(announced, EXACT_UP_TO)];
        int length = 0;
        while (true) {
            if (length == announced) {
                return new RequestBody(buffer, length);
            }
            if (length == buffer.length) {
                buffer = grown(buffer, announced < 0 ? limit + 1 : (int) announced);
            }
            int count = in.read(buffer, length, buffer.length - length);
            if (count < 0) {
                if (announced >= 0) {
                    throw new BrokenException("The body is shorter than its Content-Length.");
                }
                return new RequestBody(buffer, length);
            }
            length += count;
            if (length > limit) {
                throw new TooLargeException();
            }
        }
    }

    static byte[] grown(byte[] buffer, int maxLength) {
        return Arrays.copyOf(buffer, (int) Math.min(maxLength, Math.max(64L, buffer.length * 2L)));
    }
}

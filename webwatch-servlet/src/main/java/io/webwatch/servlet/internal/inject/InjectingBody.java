package io.webwatch.servlet.internal.inject;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The stream or writer to which the application writes the body of an {@link InjectingResponse}. As in a container,
 * only one of the two can be used. Not thread-safe.
 */
final class InjectingBody {
    private final InjectingResponse response;
    private boolean writesThrough;
    private @Nullable InjectingOutputStream stream;
    private @Nullable InjectingWriter encoder;
    private @Nullable PrintWriter writer;
    private @Nullable ServletOutputStream plainStream;

    InjectingBody(InjectingResponse response) {
        this.response = response;
    }

    ServletOutputStream outputStream() throws IOException {
        if (writer != null) {
            throw new IllegalStateException("getWriter() has already been called for this response");
        }
        if (stream == null) {
            if (plainStream != null || response.isKnownToBeOther()) {
                response.decide();
                plainStream = response.http().getOutputStream();
                return plainStream;
            }
            stream = new InjectingOutputStream(response, response.http().getOutputStream());
        }
        return stream;
    }

    PrintWriter writer() throws IOException {
        if (writer != null) {
            return writer;
        }
        if (stream != null || plainStream != null) {
            throw new IllegalStateException("getOutputStream() has already been called for this response");
        }
        if (response.isKnownToBeOther()) {
            response.decide();
            return response.http().getWriter();
        }
        // the charset is fixed and sent from here on, as by a container's getWriter()
        String charset = response.getCharacterEncoding();
        response.setCharacterEncoding(charset);
        stream = new InjectingOutputStream(response, response.http().getOutputStream());
        encoder = new InjectingWriter(stream, Charset.forName(charset));
        if (writesThrough) {
            encoder.writeThrough();
        }
        writer = new PrintWriter(encoder);
        return writer;
    }

    boolean hasWriter() {
        return writer != null;
    }

    /** Encodes no more characters ahead, because the end of an asynchronous response may not be noticed. */
    void writeThrough() throws IOException {
        writesThrough = true;
        if (encoder != null) {
            encoder.writeThrough();
        }
    }

    /** Passes on all characters that have been written. */
    void drain() throws IOException {
        if (encoder != null) {
            encoder.drain();
        }
    }

    /** Passes on the bytes that are held back. */
    void finish() throws IOException {
        if (stream != null) {
            stream.finish();
        }
    }

    /** Forgets what has been written, after the container has emptied its buffer. */
    void resetBuffer() {
        if (encoder != null) {
            encoder.discard();
        }
        if (stream != null) {
            stream.restart();
        }
    }

    /** Forgets everything, so that the application can choose between stream and writer again. */
    void reset() {
        resetBuffer();
        stream = null;
        encoder = null;
        writer = null;
        plainStream = null;
    }
}

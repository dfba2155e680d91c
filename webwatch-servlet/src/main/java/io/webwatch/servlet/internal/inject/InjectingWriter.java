package io.webwatch.servlet.internal.inject;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** Encodes characters for an {@link InjectingOutputStream}, and can forget those that have not reached it. */
final class InjectingWriter extends Writer {
    private final InjectingOutputStream stream;
    private final Charset charset;
    private OutputStreamWriter encoder;
    private volatile boolean direct;

    InjectingWriter(InjectingOutputStream stream, Charset charset) {
        this.stream = stream;
        this.charset = charset;
        this.encoder = encoder();
    }

    private OutputStreamWriter encoder() {
        return new OutputStreamWriter(new Unflushed(), charset);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        encoder.write(characters, offset, length);
        if (direct) {
            drain();
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        encoder.write(text, offset, length);
        if (direct) {
            drain();
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        drain();
        stream.close();
    }

    /** Hands encoded characters on, without a flush of the container's buffer. */
    void drain() throws IOException {
        encoder.flush();
    }

    /** From now on nothing waits here: the end of an asynchronous answer may not be seen. */
    void direct() throws IOException {
        drain();
        direct = true;
    }

    void discard() {
        encoder = encoder();
    }

    private final class Unflushed extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            stream.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }
    }
}

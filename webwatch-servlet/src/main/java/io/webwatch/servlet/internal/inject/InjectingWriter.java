package io.webwatch.servlet.internal.inject;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** Encodes characters for an {@link InjectingOutputStream}, and can discard those that have not reached it. */
final class InjectingWriter extends Writer {
    private final InjectingOutputStream stream;
    private final Charset charset;
    private OutputStreamWriter encoder;
    private volatile boolean writesThrough;

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
        if (writesThrough) {
            drain();
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        encoder.write(text, offset, length);
        if (writesThrough) {
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

    /** Passes on all characters without flushing the container's buffer. */
    void drain() throws IOException {
        encoder.flush();
    }

    /** Passes on characters as soon as they are written from now on. */
    void writeThrough() throws IOException {
        drain();
        writesThrough = true;
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

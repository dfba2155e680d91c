package io.webwatch.servlet.internal.inject;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes on a page's bytes and inserts the script tag. Holds back at most the few bytes that may begin the HTML tag
 * before which the script tag is inserted. Each call results in at most one call of the container's stream, as
 * non-blocking output requires.
 */
final class InjectingOutputStream extends ServletOutputStream {
    private final InjectingResponse response;
    private final ServletOutputStream out;
    private final byte[] single = new byte[1];

    private @Nullable HtmlScanner scanner;
    private byte[] held = new byte[0];
    private boolean started;

    InjectingOutputStream(InjectingResponse response, ServletOutputStream out) {
        this.response = response;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (response.isDiscarding()) {
            return;
        }
        start();
        HtmlScanner current = scanner;
        if (current == null) {
            out.write(bytes, offset, length);
            return;
        }
        int place = Integer.MIN_VALUE;
        int keep = 0;
        try {
            place = current.scan(bytes, offset, offset + length);
            keep = current.held();
        } catch (RuntimeException | Error e) {
            scanner = null; // the rest of the page passes through without the tag
            response.scanFailed(e);
        }
        if (place != Integer.MIN_VALUE) {
            scanner = null;
            insert(response.tag(current), place, bytes, offset, length);
        } else {
            pass(keep, bytes, offset, length);
        }
    }

    private void start() {
        if (!started) {
            started = true;
            scanner = response.begin();
        }
    }

    private void insert(byte[] tag, int place, byte[] bytes, int offset, int length) throws IOException {
        byte[] all = new byte[held.length + length + tag.length];
        int before = held.length + place;
        copy(bytes, offset, 0, before, all, 0);
        System.arraycopy(tag, 0, all, before, tag.length);
        copy(bytes, offset, before, held.length + length, all, tag.length);
        held = new byte[0];
        out.write(all, 0, all.length);
    }

    /** Writes the held bytes and the new ones, except for the last {@code keep} bytes, which are held now. */
    private void pass(int keep, byte[] bytes, int offset, int length) throws IOException {
        if (held.length == 0 && keep == 0) {
            out.write(bytes, offset, length);
            return;
        }
        int all = held.length + length;
        byte[] now = new byte[all - keep];
        byte[] later = new byte[keep];
        copy(bytes, offset, 0, all - keep, now, 0);
        copy(bytes, offset, all - keep, all, later, keep - all);
        held = later;
        if (now.length > 0) {
            out.write(now, 0, now.length);
        }
    }

    /** Copies a range of the held bytes followed by the new ones to the same index of the target, plus a shift. */
    private void copy(byte[] bytes, int offset, int from, int to, byte[] target, int shift) {
        int heldEnd = Math.min(to, held.length);
        if (from < heldEnd) {
            System.arraycopy(held, from, target, from + shift, heldEnd - from);
        }
        int start = Math.max(from, held.length);
        if (start < to) {
            System.arraycopy(bytes, offset + start - held.length, target, start + shift, to - start);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!response.isDiscarding()) {
            start();
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        response.finish();
        out.close();
    }

    /** Writes the held bytes, because no more will follow. */
    void finish() throws IOException {
        if (scanner != null) {
            scanner = null;
            response.foundNoPlace();
        }
        byte[] rest = held;
        held = new byte[0];
        if (rest.length > 0) {
            out.write(rest, 0, rest.length);
        }
    }

    /** Starts over, after the container has emptied its buffer. */
    void restart() {
        held = new byte[0];
        scanner = null;
        started = false;
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }
}

package io.webwatch.servlet.internal.collect;

import io.webwatch.servlet.internal.collect.RequestBody.BrokenException;
import io.webwatch.servlet.internal.collect.RequestBody.TooLargeException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip data (RFC 1952) up to a limit. Accepts one or more members with correct checksums and nothing after
 * them. The JDK's stream is not used because it treats damaged data after the first member as the end, and so hides a
 * cut body.
 */
final class Gzip {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final byte[] in;
    private final int inLength;
    private final int limit;
    private int position;
    private byte[] out;
    private int outLength;

    private Gzip(byte[] in, int inLength, int limit) {
        this.in = in;
        this.inLength = inLength;
        this.limit = limit;
        this.out = new byte[(int) Math.min(limit + 1L, Math.max(256L, inLength * 4L))];
    }

    static RequestBody inflate(byte[] in, int length, int limit) throws TooLargeException, BrokenException {
        Gzip gzip = new Gzip(in, length, limit);
        Inflater inflater = new Inflater(true);
        try {
            do {
                gzip.member(inflater);
                inflater.reset();
            } while (gzip.position < length);
        } catch (DataFormatException e) {
            throw new BrokenException("The gzip data is damaged.");
        } finally {
            inflater.end();
        }
        return new RequestBody(gzip.out, gzip.outLength);
    }

    private void member(Inflater inflater) throws DataFormatException, TooLargeException, BrokenException {
        header();
        int start = outLength;
        inflater.setInput(in, position, inLength - position);
        while (!inflater.finished()) {
            if (outLength == out.length) {
                out = RequestBody.grown(out, limit + 1);
            }
            int count = inflater.inflate(out, outLength, out.length - outLength);
            outLength += count;
            if (outLength > limit) {
                throw new TooLargeException();
            }
            if (count == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                throw new BrokenException("The gzip data ends too early.");
            }
        }
        position = inLength - inflater.getRemaining();
        trailer(start);
    }

    private void header() throws BrokenException {
        need(HEADER);
        if (at(0) != 0x1f || at(1) != 0x8b || at(2) != 8 || (at(3) & RESERVED) != 0) {
            throw new BrokenException("The body is not gzip.");
        }
        int flags = at(3);
        position += HEADER;
        if ((flags & FEXTRA) != 0) {
            need(2);
            int extra = at(0) | at(1) << 8;
            position += 2;
            need(extra);
            position += extra;
        }
        if ((flags & FNAME) != 0) {
            skipText();
        }
        if ((flags & FCOMMENT) != 0) {
            skipText();
        }
        if ((flags & FHCRC) != 0) {
            need(2);
            position += 2;
        }
    }

    private void skipText() throws BrokenException {
        do {
            need(1);
        } while (in[position++] != 0);
    }

    private void trailer(int start) throws BrokenException {
        need(TRAILER);
        CRC32 crc = new CRC32();
        crc.update(out, start, outLength - start);
        if ((int) crc.getValue() != littleEndian(0) || outLength - start != littleEndian(4)) {
            throw new BrokenException("The gzip checksum is wrong.");
        }
        position += TRAILER;
    }

    private int littleEndian(int offset) {
        return at(offset) | at(offset + 1) << 8 | at(offset + 2) << 16 | at(offset + 3) << 24;
    }

    private int at(int offset) {
        return in[position + offset] & 0xff;
    }

    private void need(int count) throws BrokenException {
        if (inLength - position < count) {
            throw new BrokenException("The gzip data ends too early.");
        }
    }
}

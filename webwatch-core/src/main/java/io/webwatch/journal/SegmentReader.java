package io.webwatch.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment batch by batch and skips damage: a batch with a wrong checksum, or everything from a damaged header
 * to the next intact one. Not thread-safe.
 */
final class SegmentReader implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final Segment segment;
    private final FileChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(RecordHeader.SIZE);
    private byte[] payload = {};
    private long offset = Segment.HEADER;
    private long claimedEnd;
    private long damagedBytes;
    private int damagedPlaces;

    SegmentReader(Segment segment) throws IOException {
        this.segment = segment;
        this.channel = FileChannel.open(segment.path, StandardOpenOption.READ);
    }

    Segment segment() {
        return segment;
    }

    /** Returns the number of bytes skipped so far. */
    long damagedBytes() {
        return damagedBytes;
    }

    int damagedPlaces() {
        return damagedPlaces;
    }

    /** Returns the end of the events that intact headers announce, even if their batches are damaged. */
    long claimedEnd() {
        return claimedEnd;
    }

    /** Returns the offset at which the next header is expected. */
    long offset() {
        return offset;
    }

    /** Returns the bytes of the batch whose header {@link #next} returned last. */
    byte[] payload() {
        return payload;
    }

    /** Steps back before the batch whose header {@link #next} returned last. */
    void unread(RecordHeader header) {
        offset -= RecordHeader.SIZE + header.length();
    }

    /**
     * Reads the next intact batch, up to the segment's current end.
     *
     * @param withPayload whether to read the payload and verify its checksum
     * @return its header, or null if there is none
     * @throws IOException if the file cannot be read
     */
    @Nullable
    RecordHeader next(boolean withPayload) throws IOException {
        long limit = segment.end;
        while (limit - offset >= RecordHeader.SIZE) {
            read(head, offset);
            RecordHeader header = RecordHeader.read(head, 0);
            if (header == null) {
                if (isBlank(limit)) {
                    return null;
                }
                resynchronise(limit);
                continue;
            }
            claimedEnd = Math.max(claimedEnd, header.endEvent());
            long next = offset + RecordHeader.SIZE + header.length();
            if (next > limit) {
                break; // torn: the write was not completed
            }
            if (withPayload && !isIntact(header)) {
                skipTo(next);
                continue;
            }
            offset = next;
            return header;
        }
        if (offset < limit && !isBlank(limit)) {
            skipTo(limit);
        }
        return null;
    }

    private boolean isIntact(RecordHeader header) throws IOException {
        payload = new byte[header.length()];
        read(ByteBuffer.wrap(payload), offset + RecordHeader.SIZE);
        return RecordHeader.checksum(payload, 0, payload.length) == header.checksum();
    }

    /** Returns whether only zeros follow, as in preallocated space. */
    private boolean isBlank(long limit) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long at = offset; at < limit; at += CHUNK) {
            chunk.clear().limit((int) Math.min(CHUNK, limit - at));
            read(chunk, at);
            for (int i = 0; i < chunk.limit(); i++) {
                if (chunk.get(i) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Skips to the next intact header. */
    private void resynchronise(long limit) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK + RecordHeader.SIZE);
        for (long from = offset + 1; from < limit; from += CHUNK) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), limit - from));
            read(chunk, from);
            for (int i = 0; i < CHUNK && i + RecordHeader.SIZE <= chunk.limit(); i++) {
                if (RecordHeader.read(chunk, i) != null) {
                    skipTo(from + i);
                    return;
                }
            }
        }
        skipTo(limit);
    }

    private void skipTo(long next) {
        damagedBytes += next - offset;
        damagedPlaces++;
        offset = next;
    }

    private void read(ByteBuffer into, long from) throws IOException {
        if (into.position() == into.limit()) {
            into.clear();
        }
        long at = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                while (into.hasRemaining()) {
                    into.put((byte) 0); // the file is shorter than expected; zeros are not a header
                }
                return;
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

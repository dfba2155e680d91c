package io.webwatch.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment batch by batch. What is damaged is passed over: a batch whose checksum is wrong as a whole, and where
 * a header is wrong everything up to the next one that is right. Not thread-safe.
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

    /** Bytes passed over so far. */
    long damagedBytes() {
        return damagedBytes;
    }

    int damagedPlaces() {
        return damagedPlaces;
    }

    /** The highest ordinal of an event that an intact header told of, even if its batch is damaged. */
    long claimedEnd() {
        return claimedEnd;
    }

    /** Where the next header is expected. */
    long offset() {
        return offset;
    }

    /** The bytes of the batch that {@link #next} told of last. */
    byte[] payload() {
        return payload;
    }

    /** Steps back before the batch that {@link #next} told of last. */
    void unread(RecordHeader header) {
        offset -= RecordHeader.SIZE + header.length();
    }

    /**
     * The next intact batch, or null when there is none up to the segment's end as it is now.
     *
     * @param withPayload whether to read it and to check its checksum
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
                break; // torn: begun, and never finished
            }
            if (withPayload && !isIntact(header)) {
                damaged(next);
                continue;
            }
            offset = next;
            return header;
        }
        if (offset < limit && !isBlank(limit)) {
            damaged(limit);
        }
        return null;
    }

    private boolean isIntact(RecordHeader header) throws IOException {
        payload = new byte[header.length()];
        read(ByteBuffer.wrap(payload), offset + RecordHeader.SIZE);
        return RecordHeader.checksum(payload, 0, payload.length) == header.checksum();
    }

    /** Whether nothing but zeros follows, as in room that was taken ahead. */
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

    /** Goes on to the next header that is right. */
    private void resynchronise(long limit) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK + RecordHeader.SIZE);
        for (long from = offset + 1; from < limit; from += CHUNK) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), limit - from));
            read(chunk, from);
            for (int i = 0; i < CHUNK && i + RecordHeader.SIZE <= chunk.limit(); i++) {
                if (RecordHeader.read(chunk, i) != null) {
                    damaged(from + i);
                    return;
                }
            }
        }
        damaged(limit);
    }

    private void damaged(long next) {
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
                    into.put((byte) 0); // shorter than it says: what is missing is no batch
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

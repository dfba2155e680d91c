package io.webwatch.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends batches to the one segment that grows. Guarded by the journal's lock. */
final class SegmentWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    private static final long NO_PREALLOCATION = Long.MAX_VALUE;

    private final Segment segment;
    private final FileChannel channel;
    private final int chunk;
    private long forcedEnd = Segment.HEADER;
    private long preallocatedEnd;

    private SegmentWriter(Segment segment, FileChannel channel, int chunk) {
        this.segment = segment;
        this.channel = channel;
        this.chunk = chunk;
        this.preallocatedEnd = chunk == 0 ? NO_PREALLOCATION : Segment.HEADER;
    }

    /**
     * Creates the file of a segment.
     *
     * @param chunk number of bytes to fill with zeros ahead of the batches, or 0 to let the file grow with each
     *     batch. When a batch overwrites zeros, a forced write need not include the file system's own records.
     * @throws IOException if the header could not be written; the file is deleted
     */
    static SegmentWriter create(Segment segment, int chunk) throws IOException {
        FileChannel channel = FileChannel.open(
                segment.path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        SegmentWriter writer = new SegmentWriter(segment, channel, chunk);
        try {
            writer.write(segment.header(), 0);
        } catch (Throwable e) {
            writer.close();
            Files.deleteIfExists(segment.path);
            throw e;
        }
        segment.growing = true;
        return writer;
    }

    Segment segment() {
        return segment;
    }

    /** Returns the end of the batches that were forced to the device. */
    long forcedEnd() {
        return forcedEnd;
    }

    boolean hasUnforced() {
        return segment.end > forcedEnd;
    }

    /**
     * Appends a batch.
     *
     * @throws IOException if it could not be written; the caller truncates the segment
     */
    void append(RecordHeader header, byte[] payload) throws IOException {
        ByteBuffer batch = ByteBuffer.allocate(RecordHeader.SIZE + payload.length);
        header.write(batch);
        batch.put(payload).flip();
        long start = segment.end;
        preallocate(start + batch.capacity());
        write(batch, start);
        segment.added(header);
        segment.end = start + batch.capacity();
    }

    /**
     * Forces the appended batches to the device.
     *
     * @throws IOException if batches since the last call may be lost; the caller truncates the segment
     */
    void force() throws IOException {
        if (hasUnforced()) {
            channel.force(false);
            forcedEnd = segment.end;
        }
    }

    /**
     * Removes the batches behind an offset.
     *
     * @return number of bytes removed
     */
    long truncate(long end) {
        cutOff(end);
        preallocatedEnd = NO_PREALLOCATION;
        long removed = segment.end - end;
        if (removed > 0) {
            segment.end = end;
            segment.recount();
        }
        return removed;
    }

    /** Closes the file; the segment no longer grows. */
    void close() {
        segment.growing = false;
        if (preallocatedEnd > segment.end && preallocatedEnd != NO_PREALLOCATION) {
            cutOff(segment.end);
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Could not close the journal segment {}.", segment, e);
        }
    }

    private void preallocate(long upTo) {
        if (upTo <= preallocatedEnd) {
            return;
        }
        try {
            write(ByteBuffer.allocate(chunk), upTo);
            preallocatedEnd = upTo + chunk;
        } catch (IOException e) {
            LOG.debug("Could not preallocate space for the journal segment {}; the batch itself may fit.", segment, e);
            cutOff(segment.end);
            preallocatedEnd = NO_PREALLOCATION;
        }
    }

    private void cutOff(long end) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            LOG.debug("Could not truncate the journal segment {}; readers skip the rest.", segment, e);
        }
    }

    private void write(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}

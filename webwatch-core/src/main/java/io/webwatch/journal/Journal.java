package io.webwatch.journal;

import io.webwatch.sink.EventBatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches of the log that are on disk: a list of segments, of which only the last grows. Each run of the
 * application starts a new generation with its own log id; the segments of earlier runs are only read and deleted.
 * Thread-safe: methods that write hold the lock while the disk works; the size, the segments and the counts can be
 * read without waiting for it.
 */
public final class Journal implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long MAX_SEGMENT = 16 << 20;
    private static final long MIN_SEGMENT = 128 << 10;
    private static final int PROBE = 256 << 10;
    private static final int PREALLOCATION = 1 << 20;

    /** Signals that there is no room within the size limit and that no segment may be deleted for it. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;

        FullException(long maxSize) {
            super("The journal has reached webwatch.journal.max-size (" + maxSize + " bytes).");
        }
    }

    private final Path directory;
    private final String log;
    private final long maxSize;
    private final long segmentSize;
    private final boolean dropsOldest;
    private final long generation;
    private final SegmentList segments;
    private final Map<String, Long> generations = new ConcurrentHashMap<>();
    private Consumer<Segment> dropListener = Segment::markDropped;
    private @Nullable SegmentWriter writer;
    private volatile long size;
    private long nextNumber = 1;
    private long nextEvent;

    private Journal(Path directory, String log, long maxSize, boolean dropsOldest, JournalRecovery recovered) {
        this.directory = directory;
        this.log = log;
        this.maxSize = maxSize;
        this.segmentSize = Math.max(MIN_SEGMENT, Math.min(MAX_SEGMENT, maxSize / 8));
        this.dropsOldest = dropsOldest;
        this.segments = new SegmentList(recovered.segments());
        for (Segment segment : recovered.segments()) {
            size += segment.end;
            generations.put(segment.log, segment.generation);
        }
        this.generation = recovered.latestGeneration() + 1;
        generations.put(log, generation);
    }

    /**
     * Opens the journal of a directory that this process owns, and checks the segments of earlier runs.
     *
     * @param log id of this run's log
     * @param dropsOldest whether the oldest segment is deleted when there is no room; otherwise appending fails
     * @param known how far the last run had come, as stored
     * @throws IOException if the directory cannot be created or listed
     */
    public static Journal open(Path directory, String log, long maxSize, boolean dropsOldest, CursorFile.Known known)
            throws IOException {
        Files.createDirectories(directory);
        JournalRecovery recovery = new JournalRecovery(directory, known);
        recovery.scan();
        return new Journal(directory, log, maxSize, dropsOldest, recovery);
    }

    /**
     * Sets the listener that is called before a segment is deleted that some sinks have not read. It must call
     * {@link Segment#markDropped}. The file still exists during the call, which holds the journal's lock.
     */
    public void onDrop(Consumer<Segment> listener) {
        dropListener = listener;
    }

    /** Returns the generation of this run. */
    public long generation() {
        return generation;
    }

    /** Returns the generation of a log in this journal, or null if the journal does not contain that log. */
    @Nullable
    public Long generationOf(String logId) {
        return generations.get(logId);
    }

    /** Returns its size on disk in bytes. */
    public long size() {
        return size;
    }

    /** Returns the number of segments. */
    public int segmentCount() {
        return segments.size();
    }

    /** Returns whether it has no segments. */
    public boolean isEmpty() {
        return segments.isEmpty();
    }

    /** Returns the number of the growing segment, or 0 if there is none. The number changes with each new segment. */
    public synchronized long activeSegmentNumber() {
        return writer == null ? 0 : writer.segment().number;
    }

    /** Returns how many events each run has appended, by generation, for the runs whose segments still exist. */
    public Map<Long, Long> events() {
        return segments.eventsByGeneration();
    }

    SegmentList segments() {
        return segments;
    }

    /** Returns the number of batches of earlier runs after a place; an estimate where batches are missing. */
    public long batchesOfEarlierRuns(Place after) {
        return segments.batches(generation, after);
    }

    /**
     * Returns the number of events of earlier runs after a place.
     *
     * @throws IOException if a segment cannot be read
     */
    public long eventsOfEarlierRuns(Place after) throws IOException {
        return segments.events(generation, after);
    }

    /**
     * Appends a batch of this run's log. It survives a crash of the machine only after {@link #sync}.
     *
     * @throws IOException if the batch was not written; the journal is unchanged
     */
    public void append(EventBatch batch) throws IOException {
        byte[] payload = EventBinary.encode(batch.events());
        int checksum = RecordHeader.checksum(payload, 0, payload.length);
        int bytes = (int) Math.min(Integer.MAX_VALUE, batch.bytes());
        int length = RecordHeader.SIZE + payload.length;
        synchronized (this) {
            RecordHeader header =
                    new RecordHeader(payload.length, batch.position(), nextEvent, batch.size(), bytes, checksum);
            SegmentWriter current = writerFor(length);
            try {
                current.append(header, payload);
            } catch (Throwable e) {
                abandon(current, dropsOldest ? current.segment().end : current.forcedEnd());
                throw e;
            }
            size += length;
            nextEvent = header.endEvent();
        }
    }

    /**
     * Forces the appended batches to the device.
     *
     * @throws IOException if batches since the last call may be lost; they are removed from the journal
     */
    public synchronized void sync() throws IOException {
        SegmentWriter current = writer;
        if (current == null) {
            return;
        }
        try {
            current.force();
        } catch (Throwable e) {
            // The kernel may drop pages that it failed to write, so that a later success proves nothing about them.
            abandon(current, current.forcedEnd());
            throw e;
        }
    }

    /** Removes the batches that were appended since the last {@link #sync}. */
    public synchronized void discardUnsynced() {
        SegmentWriter current = writer;
        if (current != null && current.hasUnforced()) {
            abandon(current, current.forcedEnd());
        }
    }

    /** Returns whether another segment fits within the size limit. */
    public synchronized boolean hasRoom() {
        return dropsOldest || size + segmentSize / 2 <= maxSize;
    }

    /**
     * Writes a temporary file and deletes it, to find out whether the disk accepts writes.
     *
     * @throws IOException if it does not
     */
    public void probe() throws IOException {
        Path file = directory.resolve("probe.tmp");
        try (FileChannel probe = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(PROBE);
            while (bytes.hasRemaining()) {
                probe.write(bytes);
            }
            probe.force(true);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Deletes the segments whose batches are all at or before a place. */
    public synchronized void release(Place upTo) {
        while (!segments.isEmpty()) {
            Segment oldest = segments.oldest();
            if (!oldest.isEmpty() && upTo.isBefore(oldest.last())) {
                return;
            }
            // Where requests wait for the disk, a new segment after each pause would cost more than it frees.
            if (isActive(oldest) && (oldest.isEmpty() || !dropsOldest)) {
                return;
            }
            remove(oldest);
        }
    }

    /** Closes the growing segment; the next batch starts a new one. */
    public synchronized void roll() {
        SegmentWriter current = writer;
        writer = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            sync();
        } finally {
            roll();
        }
    }

    private boolean isActive(Segment segment) {
        return writer != null && writer.segment() == segment;
    }

    private SegmentWriter writerFor(int length) throws IOException {
        Segment active = writer == null ? null : writer.segment();
        if (active != null && active.end + length > segmentSize && !active.isEmpty()) {
            sync();
            roll();
        }
        makeRoom(writer == null ? length + Segment.HEADER : length);
        return writer == null ? beginSegment() : writer;
    }

    private void makeRoom(int length) throws IOException {
        while (size + length > maxSize && !segments.isEmpty()) {
            if (!dropsOldest) {
                throw new FullException(maxSize);
            }
            Segment oldest = segments.oldest();
            if (isActive(oldest)) {
                roll();
            }
            dropListener.accept(oldest);
            remove(oldest);
        }
    }

    private SegmentWriter beginSegment() throws IOException {
        Path path = directory.resolve(Segment.name(generation, nextNumber));
        Segment segment = new Segment(path, generation, nextNumber, log, nextEvent);
        SegmentWriter created =
                SegmentWriter.create(segment, dropsOldest ? 0 : (int) Math.min(PREALLOCATION, segmentSize));
        nextNumber++;
        segments.add(segment);
        writer = created;
        size += Segment.HEADER;
        return created;
    }

    /** Removes the batches behind an offset of the growing segment and closes it, since its file failed. */
    private void abandon(SegmentWriter failed, long end) {
        size -= failed.truncate(end);
        nextEvent = failed.segment().endEvent;
        roll();
        if (failed.segment().isEmpty()) {
            remove(failed.segment());
        }
    }

    private void remove(Segment segment) {
        if (isActive(segment)) {
            roll();
        }
        segments.remove(segment);
        size -= segment.end;
        try {
            Files.deleteIfExists(segment.path);
        } catch (IOException e) {
            LOG.warn(
                    "Cannot delete the journal segment {} ({}). It is no longer needed; delete it by hand while the"
                            + " application is stopped.",
                    segment.path,
                    e.toString());
        }
    }
}

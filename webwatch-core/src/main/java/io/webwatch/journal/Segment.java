package io.webwatch.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the journal: a header, then batches in the order of their positions. Its fields are written under the
 * journal's lock; readers on other threads read up to {@link #end}.
 */
public final class Segment {
    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
    static final int HEADER = 64;
    private static final long MAGIC = 0x57574A4F55524E31L;
    private static final int LOG_ID = 16;
    private static final Pattern NAME = Pattern.compile("(\\d{10})-(\\d{10})\\.journal");

    final Path path;
    final long generation;
    final long number;
    final String log;
    final long firstEvent;
    volatile long firstPosition = Long.MAX_VALUE;
    volatile long lastPosition;
    volatile long endEvent;
    volatile long batches;
    /** Offset behind the last complete batch. */
    volatile long end = HEADER;
    /** Whether batches may still be appended. */
    volatile boolean growing;
    /** Whether it was deleted before every sink had read it. */
    volatile boolean dropped;

    Segment(Path path, long generation, long number, String log, long firstEvent) {
        this.path = path;
        this.generation = generation;
        this.number = number;
        this.log = log;
        this.firstEvent = firstEvent;
        this.endEvent = firstEvent;
    }

    static String name(long generation, long number) {
        return String.format("%010d-%010d.journal", generation, number);
    }

    /** Returns whether a file has the name of a segment. */
    static boolean isSegment(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    /** Returns the generation in the name of a segment's file. */
    static long generationOf(Path file) {
        return Long.parseLong(parseName(file).group(1));
    }

    private static Matcher parseName(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " does not have the name of a journal segment.");
        }
        return name;
    }

    /**
     * Reads the header of a file that an earlier run wrote.
     *
     * @return a segment with the identity from its header, or if the header is damaged with what the file's name says
     *     and a {@link #firstEvent} of -1
     * @throws IOException if the file cannot be read or was written by another version
     */
    static Segment of(Path path) throws IOException {
        Matcher name = parseName(path);
        long generation = Long.parseLong(name.group(1));
        long number = Long.parseLong(name.group(2));
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                continue;
            }
        }
        boolean intact = !header.hasRemaining()
                && header.getLong(0) == MAGIC
                && header.getInt(HEADER - 8) == RecordHeader.checksum(header.array(), 0, HEADER - 8);
        if (!intact) {
            return new Segment(path, generation, number, "", -1);
        }
        if (header.getInt(8) != EventBinary.VERSION) {
            throw new IOException(path + " was written by another version of WebWatch.");
        }
        String log = LogId.read(header.array(), 40, LOG_ID);
        return new Segment(path, generation, number, log, header.getLong(32));
    }

    /** Returns a copy with the fields that a damaged header no longer provides. */
    Segment restored(String id, long first) {
        return new Segment(path, generation, number, id, first);
    }

    ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putInt(EventBinary.VERSION).putInt(0);
        header.putLong(generation).putLong(number).putLong(firstEvent);
        header.put(LogId.bytes(log, LOG_ID));
        header.putInt(RecordHeader.checksum(header.array(), 0, HEADER - 8));
        header.putInt(0);
        return header.flip();
    }

    Place first() {
        return new Place(generation, firstPosition);
    }

    Place last() {
        return new Place(generation, lastPosition);
    }

    boolean isEmpty() {
        return lastPosition == 0;
    }

    /** Returns the number of events that it holds, including those that can no longer be read. */
    public long events() {
        return endEvent - firstEvent;
    }

    /**
     * Returns the number of events in batches after a place.
     *
     * @throws IOException if the place is inside this segment and the file cannot be read
     */
    public long eventsAfter(Place place) throws IOException {
        if (place.isBefore(first())) {
            return events();
        }
        if (!place.isBefore(last())) {
            return 0;
        }
        try (SegmentReader reader = new SegmentReader(this)) {
            long after = endEvent;
            for (RecordHeader header = reader.next(false); header != null; header = reader.next(false)) {
                if (header.position() > place.position()) {
                    after = header.firstEvent();
                    break;
                }
            }
            return endEvent - after;
        }
    }

    /**
     * Makes readers skip it from now on. Whoever counts what readers have not read must do so at the same moment,
     * because a reader that has skipped the segment looks as if it had read it.
     */
    public void markDropped() {
        dropped = true;
    }

    void added(RecordHeader header) {
        firstPosition = Math.min(firstPosition, header.position());
        lastPosition = Math.max(lastPosition, header.position());
        endEvent = header.endEvent();
        batches = batches + 1;
    }

    /** Counts its batches again after it was truncated. */
    void recount() {
        firstPosition = Long.MAX_VALUE;
        lastPosition = 0;
        endEvent = firstEvent;
        batches = 0;
        try (SegmentReader reader = new SegmentReader(this)) {
            for (RecordHeader header = reader.next(false); header != null; header = reader.next(false)) {
                added(header);
            }
        } catch (IOException e) {
            LOG.debug("Cannot read back the journal segment {} after a failed write.", this, e);
        }
    }

    /** Makes readers visit a segment in which no batch is intact, so that its events are counted as lost. */
    void claimLostEvents() {
        if (isEmpty() && events() > 0) {
            firstPosition = 1;
            lastPosition = Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return path.getFileName() + "[" + firstPosition + " to " + lastPosition + "]";
    }

    /** Encodes the id of a log in a field of fixed width. */
    private static final class LogId {
        static byte[] bytes(String id, int width) {
            byte[] ascii = id.getBytes(StandardCharsets.ISO_8859_1);
            if (ascii.length > width) {
                throw new IllegalArgumentException("The log id '" + id + "' is longer than " + width + " characters.");
            }
            return Arrays.copyOf(ascii, width);
        }

        static String read(byte[] bytes, int at, int width) {
            int length = 0;
            while (length < width && bytes[at + length] != 0) {
                length++;
            }
            return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        }
    }
}

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

/**
 * One file of the journal: a header, then batches in the order of their positions. What it says of itself is written
 * under the journal's lock; {@link #end} tells readers how far they may read.
 */
public final class Segment {
    static final int HEADER = 64;
    private static final long MAGIC = 0x57574A4F55524E31L;
    private static final int LOG_ID = 16;
    private static final Pattern NAME = Pattern.compile("(\\d{10})-(\\d{10})\\.journal");

    final Path path;
    public final long generation;
    final long number;
    final String log;
    final long firstEvent;
    volatile long firstPosition = Long.MAX_VALUE;
    volatile long lastPosition;
    volatile long endEvent;
    volatile long batches;
    /** Bytes that hold whole batches. */
    volatile long end = HEADER;
    /** Whether more can come. */
    volatile boolean growing;
    /** Whether it was given up before all had read it. */
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

    /** Whether the file's name is one of a segment. */
    static boolean isSegment(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
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

    public long events() {
        return endEvent - firstEvent;
    }

    void added(RecordHeader header) {
        firstPosition = Math.min(firstPosition, header.position());
        lastPosition = Math.max(lastPosition, header.position());
        endEvent = header.endEvent();
        batches = batches + 1;
    }

    /** Makes a segment in which nothing is intact be visited all the same, so that what it held is counted. */
    void claimWhatIsLost() {
        if (isEmpty() && events() > 0) {
            firstPosition = 1;
            lastPosition = Long.MAX_VALUE;
        }
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

    /**
     * The segment of a file of an earlier run, as its header says, or as far as its name says when that is damaged.
     *
     * @throws IOException when it cannot be read, or is of a later version
     */
    static Segment of(Path path) throws IOException {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            throw new IOException(path + " is no segment.");
        }
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

    /** The same with what a damaged header no longer tells. */
    Segment restored(String id, long first) {
        return new Segment(path, generation, number, id, first);
    }

    /** Events in batches after that position. */
    public long eventsAfter(long position) throws IOException {
        if (position < firstPosition) {
            return events();
        }
        if (position >= lastPosition) {
            return 0;
        }
        try (SegmentReader reader = new SegmentReader(this)) {
            long after = endEvent;
            for (RecordHeader header = reader.next(false); header != null; header = reader.next(false)) {
                if (header.position() > position) {
                    after = header.firstEvent();
                    break;
                }
            }
            return endEvent - after;
        }
    }

    @Override
    public String toString() {
        return path.getFileName() + "[" + firstPosition + " to " + lastPosition + "]";
    }

    /** The identity of a log in a field of fixed width. */
    private static final class LogId {
        static byte[] bytes(String id, int width) {
            byte[] ascii = id.getBytes(StandardCharsets.ISO_8859_1);
            if (ascii.length > width) {
                throw new IllegalArgumentException("The log's identity '" + id + "' is longer than " + width + ".");
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

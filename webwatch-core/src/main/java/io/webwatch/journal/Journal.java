package io.webwatch.journal;

import io.webwatch.sink.EventBatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches of the log that stand on disk: a row of segments, the last of which grows. A new run begins a new
 * generation with its own log and leaves the segments of earlier ones as they are, to be read and deleted. Thread-safe:
 * what writes takes the lock, and holds it while the disk works; what only asks does not.
 *
 * <p>This file is past four hundred lines because opening, appending and taking back share one set of invariants, and
 * whatever changes the list of segments or their sizes does so under one lock.
 */
public final class Journal implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long MAX_SEGMENT = 16 << 20;
    private static final long MIN_SEGMENT = 128 << 10;
    private static final int PROBE = 256 << 10;
    private static final int ROOM = 1 << 20;

    /** There is no room within the bound, and nothing may be given up for it. */
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
    private final boolean givesUpOldest;
    private final long generation;
    private final List<Segment> segments = new CopyOnWriteArrayList<>();
    private final Map<String, Long> generations = new ConcurrentHashMap<>();
    private Consumer<Segment> atDrop = segment -> {};
    private @Nullable Segment active;
    private @Nullable FileChannel channel;
    private long synced; // end of the active segment at the last force
    private long roomTaken; // end of the zeros written ahead
    private volatile long size;
    private long nextNumber = 1;
    private long nextEvent;

    private Journal(Path directory, String log, long maxSize, boolean givesUpOldest, List<Segment> found, long last) {
        this.directory = directory;
        this.log = log;
        this.maxSize = maxSize;
        this.segmentSize = Math.max(MIN_SEGMENT, Math.min(MAX_SEGMENT, maxSize / 8));
        this.givesUpOldest = givesUpOldest;
        this.segments.addAll(found);
        long latest = last;
        for (Segment segment : found) {
            size += segment.end;
            latest = Math.max(latest, segment.generation);
            generations.put(segment.log, segment.generation);
        }
        this.generation = latest + 1;
        generations.put(log, generation);
    }

    /**
     * Opens the journal of a directory that this process owns, and looks through what is there.
     *
     * @param log identity of this run's log
     * @param givesUpOldest whether the oldest segment goes when there is no room, instead of a refusal
     * @param known how far the last run came, as far as it has told
     */
    public static Journal open(Path directory, String log, long maxSize, boolean givesUpOldest, CursorFile.Known known)
            throws IOException {
        Files.createDirectories(directory);
        List<Segment> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(Segment::isSegment)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
        Damage damage = new Damage();
        long latest = known.generation();
        for (Path file : files) {
            try {
                Segment segment = look(named(Segment.of(file), found), damage);
                latest = Math.max(latest, segment.generation);
                long end = known.events().getOrDefault(segment.generation, 0L);
                if (end > segment.endEvent && file.equals(lastOf(files, segment.generation))) {
                    damage.events += end - segment.endEvent;
                    segment.endEvent = end;
                }
                segment.claimWhatIsLost();
                if (segment.isEmpty()) {
                    Files.delete(file);
                } else {
                    found.add(segment);
                }
            } catch (IOException e) {
                LOG.warn("{} cannot be read and is left as it is: {}", file, e.toString());
            }
        }
        damage.tell(directory);
        return new Journal(directory, log, maxSize, givesUpOldest, found, latest);
    }

    private static @Nullable Path lastOf(List<Path> files, long generation) {
        String prefix = Segment.name(generation, 0).substring(0, 11);
        return files.stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** A segment whose header is damaged gets the identity of its neighbour. */
    private static Segment named(Segment segment, List<Segment> before) {
        if (segment.firstEvent >= 0) {
            return segment;
        }
        Segment last = before.isEmpty() ? null : before.get(before.size() - 1);
        return last != null && last.generation == segment.generation
                ? segment.restored(last.log, last.endEvent)
                : segment.restored("damaged-" + segment.generation, 0);
    }

    private static Segment look(Segment segment, Damage damage) throws IOException {
        segment.end = Math.max(Segment.HEADER, Files.size(segment.path));
        try (SegmentReader reader = new SegmentReader(segment)) {
            long next = segment.firstEvent;
            long intactEnd = Segment.HEADER;
            for (RecordHeader header = reader.next(true); header != null; header = reader.next(true)) {
                damage.events += Math.max(0, header.firstEvent() - next);
                next = header.endEvent();
                segment.added(header);
                intactEnd = reader.offset();
            }
            damage.events += Math.max(0, reader.claimedEnd() - next);
            segment.endEvent = Math.max(segment.endEvent, reader.claimedEnd());
            damage.places += reader.damagedPlaces();
            damage.bytes += reader.damagedBytes();
            segment.end = reader.claimedEnd() > next ? segment.end : intactEnd;
        }
        return segment;
    }

    /** Has something done when a segment is given up that some have not read, while its file is still there. */
    public void atDrop(Consumer<Segment> action) {
        atDrop = action;
    }

    public long generation() {
        return generation;
    }

    /** The generation of a log in this journal, or null. */
    @Nullable
    public Long generationOf(String logId) {
        return generations.get(logId);
    }

    public long size() {
        return size;
    }

    long maxSize() {
        return maxSize;
    }

    public int segmentCount() {
        return segments.size();
    }

    public boolean isEmpty() {
        return segments.isEmpty();
    }

    /** Number of the segment that grows, which changes when a new one is begun. */
    public synchronized long activeNumber() {
        return active == null ? 0 : active.number;
    }

    /** How many events each run has journalled, by its generation; of those that are still there. */
    public Map<Long, Long> events() {
        Map<Long, Long> events = new TreeMap<>();
        for (Segment segment : segments) {
            events.merge(segment.generation, segment.endEvent, Math::max);
        }
        return events;
    }

    /** The first segment that holds something after a place, or null. */
    @Nullable
    Segment after(Place place) {
        for (Segment segment : segments) {
            if (!segment.isEmpty() && place.isBefore(segment.last())) {
                return segment;
            }
        }
        return null;
    }

    /** Number of batches of earlier runs after a place, or an estimate where there are gaps. */
    public long batchesOfEarlierRuns(Place after) {
        long batches = 0;
        for (Segment segment : segments) {
            if (segment.generation == generation || !after.isBefore(segment.last())) {
                continue;
            }
            boolean within = !after.isBefore(segment.first());
            batches += within ? Math.min(segment.batches, segment.lastPosition - after.position()) : segment.batches;
        }
        return batches;
    }

    /**
     * Number of events of earlier runs after a place.
     *
     * @throws IOException when the disk does not let itself be read now
     */
    public long eventsOfEarlierRuns(Place after) throws IOException {
        long events = 0;
        for (Segment segment : segments) {
            if (segment.generation == generation || !after.isBefore(segment.last())) {
                continue;
            }
            events +=
                    after.generation() == segment.generation ? segment.eventsAfter(after.position()) : segment.events();
        }
        return events;
    }

    /** The segment that was begun after that one, if it is still there. */
    @Nullable
    Segment successor(Segment of) {
        for (Segment segment : segments) {
            if (segment.generation == of.generation && segment.number == of.number + 1) {
                return segment;
            }
        }
        return null;
    }

    /**
     * Writes a batch of this run's log to the end. Whether it is safe from a crash of the machine is told by {@link
     * #sync}.
     *
     * @throws IOException when it was not written; the journal is as it was
     */
    public void append(EventBatch batch) throws IOException {
        byte[] payload = EventBinary.encode(batch.events());
        int checksum = RecordHeader.checksum(payload, 0, payload.length);
        int bytes = (int) Math.min(Integer.MAX_VALUE, batch.bytes());
        synchronized (this) {
            RecordHeader header =
                    new RecordHeader(payload.length, batch.position(), nextEvent, batch.size(), bytes, checksum);
            Segment segment = segmentFor(RecordHeader.SIZE + payload.length);
            ByteBuffer record = ByteBuffer.allocate(RecordHeader.SIZE + payload.length);
            header.write(record);
            record.put(payload).flip();
            long end = segment.end;
            try {
                takeRoom(end + record.capacity());
                write(record, end);
            } catch (IOException e) {
                giveUp(givesUpOldest ? end : synced);
                throw e;
            }
            size += record.capacity();
            nextEvent = header.endEvent();
            segment.added(header);
            segment.end = end + record.capacity();
        }
    }

    /**
     * Forces to the device what was appended.
     *
     * @throws IOException when what was appended since the last call may be lost; it is taken back
     */
    public synchronized void sync() throws IOException {
        Segment segment = active;
        FileChannel open = channel;
        if (segment == null || open == null || segment.end == synced) {
            return;
        }
        try {
            open.force(false);
            synced = segment.end;
        } catch (IOException e) {
            // Whether the pages that were not written will ever be is not known, not even after a later success.
            giveUp(synced);
            throw e;
        }
    }

    /** Whether another segment fits within the bound. */
    public synchronized boolean hasRoom() {
        return givesUpOldest || size + segmentSize / 2 <= maxSize;
    }

    /**
     * Writes something and takes it back, to see whether the disk takes it.
     *
     * @throws IOException when it does not
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

    /** Takes back what was appended since the last {@link #sync}. */
    public synchronized void discardUnsynced() {
        if (active != null && active.end > synced) {
            giveUp(synced);
        }
    }

    /** Deletes the segments that lie wholly before a place or at it. */
    public synchronized void release(Place upTo) {
        while (!segments.isEmpty()) {
            Segment oldest = segments.get(0);
            if (!oldest.isEmpty() && upTo.isBefore(oldest.last())) {
                return;
            }
            // Where requests wait for the disk, a new segment for each pause between them would cost more than it
            // saves.
            if (oldest == active && (oldest.isEmpty() || !givesUpOldest)) {
                return;
            }
            remove(oldest);
        }
    }

    /** Leaves the growing segment for a new one. */
    public synchronized void roll() {
        Segment segment = active;
        FileChannel open = channel;
        active = null;
        channel = null;
        if (segment != null) {
            segment.growing = false;
        }
        if (open != null) {
            if (segment != null && roomTaken > segment.end && roomTaken != Long.MAX_VALUE) {
                cutOff(open, segment.end);
            }
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("A segment was not closed in order.", e);
            }
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

    private Segment segmentFor(int more) throws IOException {
        Segment segment = active;
        if (segment != null && segment.end + more > segmentSize && !segment.isEmpty()) {
            sync();
            roll();
            segment = null;
        }
        makeRoom(segment == null ? more + Segment.HEADER : more);
        return active == null ? begin() : active;
    }

    private void makeRoom(int more) throws IOException {
        while (size + more > maxSize && !segments.isEmpty()) {
            if (!givesUpOldest) {
                throw new FullException(maxSize);
            }
            Segment oldest = segments.get(0);
            if (oldest == active) {
                roll();
            }
            oldest.dropped = true; // first, so that what is read from it from now on is not taken for delivered
            atDrop.accept(oldest);
            remove(oldest);
        }
    }

    private Segment begin() throws IOException {
        Path path = directory.resolve(Segment.name(generation, nextNumber));
        Segment segment = new Segment(path, generation, nextNumber, log, nextEvent);
        FileChannel open = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        channel = open;
        active = segment;
        try {
            write(segment.header(), 0);
        } catch (IOException e) {
            roll();
            Files.deleteIfExists(path);
            throw e;
        }
        nextNumber++;
        segment.growing = true;
        segments.add(segment);
        size += Segment.HEADER;
        synced = Segment.HEADER;
        roomTaken = Segment.HEADER;
        return segment;
    }

    /**
     * Fills the file with zeros ahead, where somebody waits for the disk: to overwrite them, the file system need not
     * force its own records along with each group.
     */
    private void takeRoom(long upTo) {
        FileChannel open = channel;
        if (givesUpOldest || open == null || upTo <= roomTaken) {
            return;
        }
        long end = upTo + Math.min(ROOM, segmentSize);
        ByteBuffer zeros = ByteBuffer.allocate((int) (end - upTo));
        try {
            write(zeros, upTo);
            roomTaken = end;
        } catch (IOException e) {
            LOG.debug("No room was taken ahead; the batch itself perhaps fits.", e);
            cutOff(open, active == null ? upTo : active.end);
            roomTaken = Long.MAX_VALUE; // of this segment
        }
    }

    private static void cutOff(FileChannel open, long end) {
        try {
            open.truncate(end);
        } catch (IOException e) {
            LOG.debug("A segment was not cut off; its readers pass over the rest.", e);
        }
    }

    private void write(ByteBuffer bytes, long from) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("The journal is closed.");
        }
        long at = from;
        while (bytes.hasRemaining()) {
            at += open.write(bytes, at);
        }
    }

    /** Cuts the growing segment off behind what is known to be good, and leaves it. */
    private void giveUp(long end) {
        Segment segment = active;
        FileChannel open = channel;
        if (segment == null || open == null) {
            return;
        }
        cutOff(open, end);
        roomTaken = Long.MAX_VALUE;
        size -= segment.end - end;
        if (segment.end > end) {
            segment.end = end;
            takeBack(segment);
        }
        roll();
        if (segment.isEmpty()) {
            remove(segment);
        }
    }

    /** What was appended after the last force is told as never appended. */
    private void takeBack(Segment segment) {
        segment.firstPosition = Long.MAX_VALUE;
        segment.lastPosition = 0;
        segment.endEvent = segment.firstEvent;
        segment.batches = 0;
        try (SegmentReader reader = new SegmentReader(segment)) {
            for (RecordHeader header = reader.next(false); header != null; header = reader.next(false)) {
                segment.added(header);
            }
        } catch (IOException e) {
            LOG.debug("A segment that failed cannot be read back.", e);
        }
        nextEvent = segment.endEvent;
    }

    private void remove(Segment segment) {
        if (segment == active) {
            roll();
        }
        segments.remove(segment);
        size -= segment.end;
        try {
            Files.deleteIfExists(segment.path);
        } catch (IOException e) {
            LOG.warn("{} is no longer needed and cannot be deleted: {}", segment.path, e.toString());
        }
    }

    /** What was found damaged while opening. */
    private static final class Damage {
        private int places;
        private long bytes;
        private long events;

        void tell(Path directory) {
            if (places > 0 || events > 0) {
                LOG.warn(
                        "The journal in {} is damaged at {} places ({} bytes), as after a crash or a fault of the disk:"
                                + " at least {} events in it cannot be read. The rest is delivered.",
                        directory,
                        places,
                        bytes,
                        events);
            }
        }
    }
}

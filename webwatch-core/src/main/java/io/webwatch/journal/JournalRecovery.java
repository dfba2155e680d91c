package io.webwatch.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans the segments that earlier runs left: checks every batch, restores damaged headers, counts the events that can
 * no longer be read, and deletes segments that hold nothing. Used once for each opening of a journal.
 */
final class JournalRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

    private final Path directory;
    private final CursorFile.Known known;
    private final List<Segment> segments = new ArrayList<>();
    private long latestGeneration;
    private int damagedPlaces;
    private long damagedBytes;
    private long unreadableEvents;

    /**
     * Prepares a scan.
     *
     * @param known what the last run stored, which shows whether events are missing at the end of its segments
     */
    JournalRecovery(Path directory, CursorFile.Known known) {
        this.directory = directory;
        this.known = known;
        this.latestGeneration = known.generation();
    }

    /** Returns the segments with readable or lost events, oldest first. */
    List<Segment> segments() {
        return segments;
    }

    /** Returns the generation of the latest run that is known, or 0. */
    long latestGeneration() {
        return latestGeneration;
    }

    /**
     * Scans the directory. A segment that cannot be read is left in place.
     *
     * @throws IOException if the directory cannot be listed
     */
    void scan() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(Segment::isSegment)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
        for (int i = 0; i < files.size(); i++) {
            boolean last = i == files.size() - 1
                    || Segment.generationOf(files.get(i)) != Segment.generationOf(files.get(i + 1));
            // This also counts a segment that cannot be read: the new run must not write to a file of the same name.
            latestGeneration = Math.max(latestGeneration, Segment.generationOf(files.get(i)));
            try {
                recover(files.get(i), last);
            } catch (IOException e) {
                LOG.warn(
                        "Cannot read the journal segment {} ({}). Its events are not delivered and the file is kept;"
                                + " check its permissions and the version of WebWatch.",
                        files.get(i),
                        e.toString());
            }
        }
        if (damagedPlaces > 0 || unreadableEvents > 0) {
            LOG.warn(
                    "The journal in {} is damaged in {} places ({} bytes), as after a crash or a disk fault. At least"
                            + " {} events cannot be read and are lost; the others are delivered.",
                    directory,
                    damagedPlaces,
                    damagedBytes,
                    unreadableEvents);
        }
    }

    private void recover(Path file, boolean lastOfItsRun) throws IOException {
        Segment segment = withIdentity(Segment.of(file));
        check(segment);
        long end = known.events().getOrDefault(segment.generation, 0L);
        if (lastOfItsRun && end > segment.endEvent) {
            unreadableEvents += end - segment.endEvent;
            segment.endEvent = end;
        }
        segment.claimLostEvents();
        if (segment.isEmpty()) {
            Files.delete(file);
        } else {
            segments.add(segment);
        }
    }

    /** Gives a segment whose header is damaged the identity of the previous segment of the same run. */
    private Segment withIdentity(Segment segment) {
        if (segment.firstEvent >= 0) {
            return segment;
        }
        Segment previous = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        return previous != null && previous.generation == segment.generation
                ? segment.restored(previous.log, previous.endEvent)
                : segment.restored("damaged-" + segment.generation, 0);
    }

    private void check(Segment segment) throws IOException {
        segment.end = Math.max(Segment.HEADER, Files.size(segment.path));
        try (SegmentReader reader = new SegmentReader(segment)) {
            long next = segment.firstEvent;
            long intactEnd = Segment.HEADER;
            for (RecordHeader header = reader.next(true); header != null; header = reader.next(true)) {
                unreadableEvents += Math.max(0, header.firstEvent() - next);
                next = header.endEvent();
                segment.added(header);
                intactEnd = reader.offset();
            }
            unreadableEvents += Math.max(0, reader.claimedEnd() - next);
            segment.endEvent = Math.max(segment.endEvent, reader.claimedEnd());
            damagedPlaces += reader.damagedPlaces();
            damagedBytes += reader.damagedBytes();
            segment.end = reader.claimedEnd() > next ? segment.end : intactEnd;
        }
    }
}

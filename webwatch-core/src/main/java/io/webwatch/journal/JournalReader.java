package io.webwatch.journal;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cursor's way through the journal. Counts what it should have read and cannot. Not thread-safe. */
public final class JournalReader implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private final Journal journal;
    private @Nullable SegmentReader reader;
    private long expected; // ordinal of the next event
    private long damaged;
    private Place place = Place.START;
    private @Nullable Segment source;
    private Place passed = Place.START;

    public JournalReader(Journal journal) {
        this.journal = journal;
    }

    /** Whether the segment of the batch that {@link #next} gave last has been given up meanwhile. */
    public boolean isDropped() {
        return source != null && source.dropped;
    }

    /** Where the batch stands that {@link #next} gave last. */
    public Place place() {
        return place;
    }

    /** Events that were passed over because they cannot be read, since the last call. */
    public long takeDamaged() {
        long taken = damaged;
        damaged = 0;
        return taken;
    }

    /**
     * The next batch after a place and before another; null when there is none.
     *
     * @throws IOException when the disk does not let itself be read now
     */
    @Nullable
    public EventBatch next(Place after, Place before) throws IOException {
        while (true) {
            SegmentReader current = current(after);
            if (current == null) {
                return null;
            }
            Segment segment = current.segment();
            if (segment.generation > before.generation()) {
                return null;
            }
            boolean growing = segment.growing; // asked first: what comes in between is found the next time
            RecordHeader header = current.next(true);
            if (header == null) {
                if (growing) {
                    return null;
                }
                if (!segment.dropped) {
                    countTail(current);
                }
                finish(current);
                continue;
            }
            Place here = new Place(segment.generation, header.position());
            if (!here.isBefore(before)) {
                current.unread(header);
                return null;
            }
            if (!after.isBefore(here)) {
                expected = header.endEvent();
                continue;
            }
            damaged += Math.max(0, header.firstEvent() - expected);
            expected = header.endEvent();
            EventBatch batch = decoded(segment, header, current.payload());
            if (batch != null) {
                place = here;
                source = segment;
                return batch;
            }
        }
    }

    private @Nullable EventBatch decoded(Segment segment, RecordHeader header, byte[] payload) {
        try {
            List<Event> events = EventBinary.decode(payload);
            return new EventBatch(segment.log, header.position(), events, header.bytes());
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("A batch of {} cannot be understood and is passed over: {}", segment, e.getMessage());
            damaged += header.events();
            return null;
        }
    }

    /** The reader of the segment in which to go on; null when there is nothing after the place. */
    private @Nullable SegmentReader current(Place after) throws IOException {
        SegmentReader open = reader;
        if (open != null) {
            if (!open.segment().dropped) {
                return open; // to its end: what is damaged behind its last batch is to be counted too
            }
            finish(open);
        }
        Segment next = journal.after(after.isBefore(passed) ? passed : after);
        if (next == null) {
            return null;
        }
        SegmentReader begun;
        try {
            begun = new SegmentReader(next);
        } catch (IOException e) {
            if (next.dropped) {
                return null;
            }
            throw e;
        }
        reader = begun;
        expected = next.firstEvent;
        return begun;
    }

    private void countTail(SegmentReader finished) {
        Segment segment = finished.segment();
        Segment successor = journal.successor(segment);
        long end = Math.max(finished.claimedEnd(), successor == null ? 0 : successor.firstEvent);
        damaged += Math.max(0, Math.max(end, segment.endEvent) - expected);
    }

    private void finish(SegmentReader finished) throws IOException {
        reader = null;
        passed = finished.segment().last(); // not to be begun again, even if what it should hold was not found in it
        finished.close();
    }

    @Override
    public void close() {
        SegmentReader open = reader;
        reader = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("A segment was not closed in order.", e);
            }
        }
    }
}

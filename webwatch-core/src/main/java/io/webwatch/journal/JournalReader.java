package io.webwatch.journal;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a journal in order for one cursor, and counts the events that cannot be read. Not thread-safe. */
public final class JournalReader implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private final SegmentList segments;
    private @Nullable SegmentReader reader;
    private long nextEvent; // ordinal of the next event
    private long damaged;
    private Place place = Place.START;
    private @Nullable Segment source;
    private Place finished = Place.START;

    public JournalReader(Journal journal) {
        this.segments = journal.segments();
    }

    /** Returns whether the segment of the batch that {@link #next} returned last has been deleted since. */
    public boolean isDropped() {
        return source != null && source.dropped;
    }

    /** Returns the place of the batch that {@link #next} returned last. */
    public Place place() {
        return place;
    }

    /** Returns how many events were skipped since the last call because they cannot be read. */
    public long takeDamaged() {
        long taken = damaged;
        damaged = 0;
        return taken;
    }

    /**
     * Reads the next batch between two places.
     *
     * @return the batch, or null if there is none
     * @throws IOException if the file cannot be read; the call can be repeated
     */
    @Nullable
    public EventBatch next(Place after, Place before) throws IOException {
        for (SegmentReader current = current(after); current != null; current = current(after)) {
            Segment segment = current.segment();
            if (segment.generation > before.generation()) {
                return null;
            }
            boolean growing = segment.growing; // before reading: a batch appended in between is found by the next call
            RecordHeader header = current.next(true);
            if (header == null) {
                if (growing) {
                    return null;
                }
                finish(current);
                continue;
            }
            Place here = new Place(segment.generation, header.position());
            if (!here.isBefore(before)) {
                current.unread(header);
                return null;
            }
            EventBatch batch;
            try {
                batch = after.isBefore(here) ? take(segment, header, current.payload()) : null;
            } catch (Error e) {
                current.unread(header); // says nothing about the batch, which the next call reads again
                throw e;
            }
            nextEvent = header.endEvent();
            if (batch != null) {
                place = here;
                source = segment;
                return batch;
            }
        }
        return null;
    }

    private @Nullable EventBatch take(Segment segment, RecordHeader header, byte[] payload) {
        long missing = Math.max(0, header.firstEvent() - nextEvent);
        try {
            List<Event> events = EventBinary.decode(payload);
            EventBatch batch = new EventBatch(segment.log, header.position(), events, header.bytes());
            damaged += missing;
            return batch;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Cannot decode a batch in the journal segment {} ({}). Its {} events are skipped and counted as"
                            + " journal_damaged.",
                    segment,
                    e.getMessage(),
                    header.events());
            damaged += missing + header.events();
            return null;
        }
    }

    /** Returns the reader of the segment to continue in, or null if there is nothing after the place. */
    private @Nullable SegmentReader current(Place after) throws IOException {
        SegmentReader open = reader;
        if (open != null) {
            if (!open.segment().dropped) {
                return open; // up to its end, so that damage behind its last batch is counted too
            }
            close(open);
        }
        while (true) {
            Segment next = segments.after(after.isBefore(finished) ? finished : after);
            if (next == null) {
                return null;
            }
            try {
                SegmentReader opened = new SegmentReader(next);
                reader = opened;
                nextEvent = next.firstEvent;
                return opened;
            } catch (IOException e) {
                if (!next.dropped) {
                    throw e;
                }
                finished = next.last(); // deleted meanwhile; later segments may still exist
            }
        }
    }

    private void finish(SegmentReader current) throws IOException {
        Segment segment = current.segment();
        if (!segment.dropped) {
            Segment successor = segments.successor(segment);
            long end = Math.max(current.claimedEnd(), successor == null ? 0 : successor.firstEvent);
            damaged += Math.max(0, Math.max(end, segment.endEvent) - nextEvent);
        }
        close(current);
    }

    private void close(SegmentReader open) throws IOException {
        reader = null;
        finished = open.segment().last(); // not opened again, even if it contained less than it should
        open.close();
    }

    @Override
    public void close() {
        SegmentReader open = reader;
        reader = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("Could not close the journal segment {}.", open.segment(), e);
            }
        }
    }
}

package io.webwatch.journal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a journal, oldest first. Only the journal changes it, under its lock; every thread may read it
 * without a lock.
 */
final class SegmentList {
    private final List<Segment> segments;

    SegmentList(List<Segment> segments) {
        this.segments = new CopyOnWriteArrayList<>(segments);
    }

    void add(Segment segment) {
        segments.add(segment);
    }

    void remove(Segment segment) {
        segments.remove(segment);
    }

    int size() {
        return segments.size();
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** Returns the oldest segment; the list must not be empty. */
    Segment oldest() {
        return segments.get(0);
    }

    /** Returns the first segment that contains a batch after a place, or null. */
    @Nullable
    Segment after(Place place) {
        for (Segment segment : segments) {
            if (!segment.isEmpty() && place.isBefore(segment.last())) {
                return segment;
            }
        }
        return null;
    }

    /** Returns the segment that was started after another one of the same run, or null if it no longer exists. */
    @Nullable
    Segment successor(Segment of) {
        for (Segment segment : segments) {
            if (segment.generation == of.generation && segment.number == of.number + 1) {
                return segment;
            }
        }
        return null;
    }

    /** Returns how many events each run has appended, by generation. */
    Map<Long, Long> eventsByGeneration() {
        Map<Long, Long> events = new TreeMap<>();
        for (Segment segment : segments) {
            events.merge(segment.generation, segment.endEvent, Math::max);
        }
        return events;
    }

    /** Returns the number of batches of runs before a generation that are after a place. */
    long batches(long beforeGeneration, Place after) {
        long batches = 0;
        for (Segment segment : segments) {
            if (segment.generation >= beforeGeneration || !after.isBefore(segment.last())) {
                continue;
            }
            boolean within = !after.isBefore(segment.first());
            batches += within ? Math.min(segment.batches, segment.lastPosition - after.position()) : segment.batches;
        }
        return batches;
    }

    /**
     * Returns the number of events of runs before a generation that are after a place.
     *
     * @throws IOException if a segment cannot be read
     */
    long events(long beforeGeneration, Place after) throws IOException {
        long events = 0;
        for (Segment segment : segments) {
            if (segment.generation < beforeGeneration) {
                events += segment.eventsAfter(after);
            }
        }
        return events;
    }
}

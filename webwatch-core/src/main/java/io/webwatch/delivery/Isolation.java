package io.webwatch.delivery;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Splits a batch that a sink has repeatedly failed to write, to find out whether a single event is the cause. Parts
 * are halved until the sink accepts them. An event that keeps failing on its own is given up only if the sink has
 * accepted several later events in between, which proves that the event is the cause and not the sink. During an
 * outage, nothing is given up.
 *
 * <p>Each part is a batch with its own log id, so that a sink that remembers positions does not mistake one part for
 * a repetition of another. Not thread-safe.
 */
final class Isolation {
    private static final int FAILURES = 3;
    private static final int PROOFS = 3;
    private static final int MAX_SOURCES = 8;

    private record Item(EventBatch batch, int index) {
        Event event() {
            return batch.events().get(index);
        }
    }

    private final List<Item> items = new ArrayList<>();
    private final List<EventBatch> sources = new ArrayList<>();
    private final Supplier<@Nullable EventBatch> more;
    private int window;
    private int failures;
    private int proofs;
    private int probes;
    private int partFrom;
    private int partSize;
    private boolean probing;

    /**
     * Starts with a batch.
     *
     * @param more returns the batch that follows, or null if there is none yet
     */
    Isolation(EventBatch batch, Supplier<@Nullable EventBatch> more) {
        this.more = more;
        add(batch);
        window = Math.max(1, batch.size() / 2);
    }

    private void add(EventBatch batch) {
        sources.add(batch);
        for (int i = 0; i < batch.size(); i++) {
            items.add(new Item(batch, i));
        }
    }

    /** Returns whether every event was accepted, rejected or given up. */
    boolean isOver() {
        return items.isEmpty();
    }

    /** Returns the batches whose events are all decided; each batch is returned once. */
    List<EventBatch> finished() {
        List<EventBatch> finished = sources.stream()
                .filter(batch -> items.stream().noneMatch(item -> item.batch() == batch))
                .toList();
        sources.removeAll(finished);
        return finished;
    }

    /**
     * Returns whether the next part only tests whether the sink accepts a later event. It is written without a delay
     * after the failed event: a sink that recovered during a delay would receive the later event first, out of order.
     */
    boolean provesNext() {
        return failures >= FAILURES && !probing && hasOthers();
    }

    /** Returns the batch to write next. */
    EventBatch part() {
        if (provesNext()) {
            probing = true;
            partFrom = 1 + probes % (items.size() - 1);
            partSize = 1;
        } else {
            probing = false;
            partFrom = 0;
            partSize = 1;
            EventBatch source = items.get(0).batch();
            while (partSize < window
                    && partSize < items.size()
                    && items.get(partSize).batch() == source) {
                partSize++;
            }
        }
        Item first = items.get(partFrom);
        Item last = items.get(partFrom + partSize - 1);
        List<Event> events = items.subList(partFrom, partFrom + partSize).stream()
                .map(Item::event)
                .toList();
        String id = first.batch().log() + '#' + first.batch().position() + '#' + first.index() + '-' + last.index();
        long bytes = first.batch().bytes() * partSize / first.batch().size();
        return new EventBatch(id, 1, events, bytes);
    }

    /**
     * Returns whether there is another event to test the sink with; adds the next batch if all so far have failed.
     */
    private boolean hasOthers() {
        boolean alone = items.size() == 1;
        boolean allFailed = !alone && probes > 0 && probes % (items.size() - 1) == 0;
        return (alone || allFailed && sources.size() < MAX_SOURCES) && extended() || !alone;
    }

    private boolean extended() {
        EventBatch next = more.get();
        if (next != null) {
            add(next);
        }
        return next != null;
    }

    /**
     * Notes the result of the part that was written.
     *
     * @param undecided indices in the part that must be written again
     * @param askedToWait whether the sink asked to retry later, which says nothing about the events
     * @return the event to give up, or null
     */
    @Nullable
    Event settled(List<Integer> undecided, boolean askedToWait) {
        boolean progress = undecided.size() < partSize;
        removeDecided(undecided);
        if (askedToWait && !progress) {
            probing = false;
            failures = 0;
            return null;
        }
        if (probing) {
            probes = progress ? probes : probes + 1;
            proofs = progress ? proofs + 1 : proofs;
            return null;
        }
        if (progress) {
            grow();
            return null;
        }
        if (partSize > 1) {
            window = partSize / 2;
            return null;
        }
        return failedAlone();
    }

    private void removeDecided(List<Integer> undecided) {
        for (int i = partSize - 1; i >= 0; i--) {
            if (!undecided.contains(i)) {
                items.remove(partFrom + i);
            }
        }
    }

    private @Nullable Event failedAlone() {
        failures++;
        if (proofs < PROOFS) {
            return null;
        }
        Event givenUp = items.remove(0).event();
        grow();
        return givenUp;
    }

    private void grow() {
        window = Math.min(2 * window, 1 << 16);
        failures = 0;
        proofs = 0;
        probes = 0;
    }
}

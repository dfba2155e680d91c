package io.webwatch.delivery;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart a batch that a sink has failed to take as a whole again and again, to find out whether one event is the
 * reason. Parts are halved until they are taken. An event that still fails alone is given up only when the sink has
 * taken later ones in between, several times: then it is the event and not the sink. In an outage nothing is given up.
 *
 * <p>Parts are batches with a log identity of their own, so that a sink that remembers positions does not take one for a
 * repetition of another. Not thread-safe.
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
     * Begins with a batch.
     *
     * @param more the batch that follows, when there is one yet
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

    /** Whether every event is decided. */
    boolean isOver() {
        return items.isEmpty();
    }

    /** Events that are not decided. */
    int left() {
        return items.size();
    }

    /** The batches that are decided as a whole, each once. */
    List<EventBatch> finished() {
        List<EventBatch> finished = sources.stream()
                .filter(batch -> items.stream().noneMatch(item -> item.batch() == batch))
                .toList();
        sources.removeAll(finished);
        return finished;
    }

    /**
     * Whether the next part is there to prove the sink, and is to be tried without a pause: then a sink that comes back
     * from an outage is not met by it first, which would change the order of events.
     */
    boolean provesNext() {
        return failures >= FAILURES && !probing && hasOthers();
    }

    /** What is to be written next. */
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

    /** Whether there is another event to prove the sink with; looks further when none so far did. */
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
     * What became of the part.
     *
     * @param undecided indices in the part that are to be written again
     * @param asked whether the sink itself has asked for patience, which says nothing of the events
     * @return the event that is to be given up, or null
     */
    @Nullable
    Event settled(List<Integer> undecided, boolean asked) {
        boolean progress = undecided.size() < partSize;
        for (int i = partSize - 1; i >= 0; i--) {
            if (!undecided.contains(i)) {
                items.remove(partFrom + i);
            }
        }
        if (asked && !progress) {
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
        failures++;
        if (proofs < PROOFS) {
            return null;
        }
        Event given = items.remove(0).event();
        grow();
        return given;
    }

    private void grow() {
        window = Math.min(2 * window, 1 << 16);
        failures = 0;
        proofs = 0;
        probes = 0;
    }
}

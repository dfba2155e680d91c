package io.webwatch.batch;

import io.webwatch.enrich.Enricher;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.Session;
import io.webwatch.intake.Submission.Outcome;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import io.webwatch.log.BatchLog;
import io.webwatch.log.Spool;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches to the log in durable mode: events must be on disk before their requests are answered. What arrived
 * while the disk was busy forms one group, which is written and forced once. Used by the batcher's thread, except for
 * {@link #accepts}.
 */
public final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final Duration FIRST_OPEN = Duration.ofSeconds(30);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Part(List<Event> events, long bytes) {}

    private final BatchLog log;
    private final Spool spool;
    private final Enricher enricher;
    private final DropCounters drops;
    private final TimeSource time;
    private final DuplicateWindow window;
    private final ThreadFailures.OfThread failures;
    private final OutcomeNotifier notifier;
    private List<Part> parts = new ArrayList<>();
    private List<Outcome> waiting = new ArrayList<>();
    private List<EventBatch> unpublished = List.of(); // on disk, but not in the log yet
    private @Nullable Journal journal;
    private long snapshotSegment;
    private long retryAtNanos;
    private boolean failing;
    private Place last = Place.START;
    private boolean firstCheckDone;
    private volatile boolean accepting = true;

    /** Prepares group commit. The journal is used as soon as the spool has opened it. */
    public GroupCommit(
            BatchLog log,
            Spool spool,
            Enricher enricher,
            DropCounters drops,
            TimeSource time,
            ThreadFailures failures) {
        this.log = log;
        this.spool = spool;
        this.enricher = enricher;
        this.drops = drops;
        this.time = time;
        this.failures = Batcher.failuresIn(failures);
        this.notifier = new OutcomeNotifier(failures);
        this.window = new DuplicateWindow(enricher, spool);
        this.retryAtNanos = time.nanoTime();
        enricher.trackGroups();
    }

    /** Returns whether the journal had room at the last check. May be called from any thread. */
    public boolean accepts() {
        return accepting;
    }

    /** Checks whether the journal can be written, if it could not be before and a retry is due. */
    void checkJournal() {
        if (!firstCheckDone) {
            firstCheckDone = true;
            spool.awaitFirstOpen(FIRST_OPEN); // meanwhile, submissions wait in the ring
            accepting = canAccept();
        } else if (!accepting && time.nanoTime() - retryAtNanos >= 0) {
            accepting = canAccept();
        }
    }

    private boolean canAccept() {
        Journal open = journal;
        if (open == null) {
            open = spool.journal();
            if (open != null) {
                window.restore(open);
                journal = open;
            }
        }
        boolean can = open != null && open.hasRoom() && (!failing || canWrite(open));
        if (!can) {
            retryAtNanos = time.nanoTime() + RETRY_NANOS;
        }
        return can;
    }

    private boolean canWrite(Journal open) {
        try {
            open.probe();
            failing = false;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Adds a batch to the group. */
    void add(List<Event> events, long bytes) {
        parts.add(new Part(events, bytes));
    }

    /** Adds a request that waits for the outcome of the group. */
    void await(Outcome outcome) {
        waiting.add(outcome);
    }

    /** Refuses a submission because the journal is full or not writable. */
    void refuse(@Nullable Outcome outcome, int events) {
        drops.add(DropReason.JOURNAL_FULL, events);
        if (outcome != null) {
            notifier.notify(List.of(outcome), DropReason.JOURNAL_FULL);
        }
    }

    /**
     * Writes the group to disk and notifies its requests. If that fails, refuses the group and undoes its effects.
     */
    void commit() {
        publish();
        if (parts.isEmpty() && waiting.isEmpty()) {
            return;
        }
        List<Part> nextParts = new ArrayList<>();
        List<Outcome> nextWaiting = new ArrayList<>();
        List<Part> group = parts;
        List<Outcome> outcomes = waiting;
        parts = nextParts;
        waiting = nextWaiting;
        boolean written = false;
        try {
            written = group.isEmpty() || write(group);
            publish();
            if (written && !group.isEmpty()) {
                afterWrite();
            }
        } finally {
            if (!outcomes.isEmpty()) {
                notifier.notify(outcomes, written ? null : DropReason.JOURNAL_FULL);
            }
        }
    }

    /** Appends to the log what is on disk. If that fails, the next call continues with the same batch. */
    private void publish() {
        while (!unpublished.isEmpty()) {
            log.publish(unpublished.get(0), true);
            unpublished.remove(0);
        }
    }

    private boolean write(List<Part> group) {
        List<EventBatch> batches = new ArrayList<>();
        Journal open = journal;
        try {
            for (Part part : group) {
                batches.add(log.prepare(part.events(), part.bytes()));
            }
            if (open == null) {
                throw new IOException("The journal is not open.");
            }
            for (EventBatch batch : batches) {
                open.append(batch);
            }
            Place end =
                    new Place(open.generation(), batches.get(batches.size() - 1).position());
            open.sync();
            last = end;
        } catch (IOException e) {
            takeBack(open, group, e);
            return false;
        } catch (RuntimeException | Error e) {
            failures.add(e);
            takeBack(open, group, e);
            return false;
        }
        unpublished = batches;
        enricher.kept();
        return true;
    }

    private void afterWrite() {
        Journal open = journal;
        if (open == null) {
            return;
        }
        if (open.activeSegmentNumber() != snapshotSegment) {
            snapshotSegment = open.activeSegmentNumber();
            window.offerSnapshot(last);
        }
        if (!open.hasRoom()) {
            stopAccepting();
        }
    }

    private void stopAccepting() {
        accepting = false;
        retryAtNanos = time.nanoTime() + RETRY_NANOS;
    }

    private void takeBack(@Nullable Journal open, List<Part> group, Throwable e) {
        if (open != null) {
            open.discardUnsynced();
        }
        List<Event> refused = group.stream()
                .flatMap(part -> part.events().stream())
                .filter(event -> !(event.data() instanceof Session)) // session events are emitted again
                .toList();
        enricher.takeBack(refused);
        drops.add(DropReason.JOURNAL_FULL, refused.size());
        if (!failing) {
            LOG.warn(
                    "Cannot write events to the journal in {} ({}). Requests are answered 503 until it is writable;"
                            + " WebWatch checks every second. Check the disk, the sinks and webwatch.journal.max-size.",
                    spool.folder(),
                    e.getMessage() == null || e instanceof Error ? e.toString() : e.getMessage());
        }
        failing = true;
        stopAccepting();
    }

    /** Stops after the last group was committed. */
    void close() {
        if (!last.equals(Place.START)) {
            window.offerSnapshot(last);
        }
        accepting = false;
        notifier.close();
    }
}

package io.webwatch.batch;

import io.webwatch.enrich.Enricher;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.intake.Submission.Outcome;
import io.webwatch.journal.Journal;
import io.webwatch.journal.JournalReader;
import io.webwatch.journal.Place;
import io.webwatch.journal.WindowFile;
import io.webwatch.log.BatchLog;
import io.webwatch.log.Spool;
import io.webwatch.sink.EventBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batcher's way to the log when events must be on disk before their requests are answered: what arrived while the
 * disk was busy is one group, written and forced once. The batcher's alone but for {@link #accepts}.
 */
public final class Durable {
    private static final Logger LOG = LoggerFactory.getLogger(Durable.class);
    private static final long FIRST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Part(List<Event> events, long bytes) {}

    private final BatchLog log;
    private final Spool spool;
    private final Enricher enricher;
    private final DropCounters drops;
    /** Answers on a thread of its own: a container may do more in it than it should. */
    private final ExecutorService answers = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "webwatch-answers");
        thread.setDaemon(true);
        return thread;
    });

    private List<Part> parts = new ArrayList<>();
    private List<Outcome> waiting = new ArrayList<>();
    private @Nullable Journal journal;
    private long windowSegment;
    private long retryAtNanos = System.nanoTime();
    private boolean failing;
    private Place last = Place.START;
    private boolean looked;
    private volatile boolean accepting = true;

    /** Prepares; nothing is decided until the spool has looked for the journal. */
    public Durable(BatchLog log, Spool spool, Enricher enricher, DropCounters drops) {
        this.log = log;
        this.spool = spool;
        this.enricher = enricher;
        this.drops = drops;
        enricher.trackGroups();
    }

    /** Whether there is a journal that had room the last time; asked by request threads before they hand over. */
    public boolean accepts() {
        return accepting;
    }

    /** Looks whether the journal can be written now, when it could not before. */
    void look() {
        if (!looked) {
            looked = true;
            spool.awaitFirstLook(FIRST_LOOK_NANOS); // who comes before that waits in the ring
            accepting = canAccept();
        } else if (!accepting && System.nanoTime() - retryAtNanos >= 0) {
            accepting = canAccept();
        }
    }

    private boolean canAccept() {
        Journal open = journal;
        if (open == null) {
            open = spool.journal();
            if (open != null) {
                restoreWindow(open);
                journal = open;
            }
        }
        boolean can = open != null && open.hasRoom() && (!failing || canWrite(open));
        retryAtNanos = can ? retryAtNanos : System.nanoTime() + RETRY_NANOS;
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

    /** Takes a closed batch into the group. */
    void add(List<Event> events, long bytes) {
        parts.add(new Part(events, bytes));
    }

    /** Takes someone who waits into the group. */
    void await(Outcome outcome) {
        waiting.add(outcome);
    }

    /** Tells someone that nothing was taken. */
    void refuse(@Nullable Outcome outcome, int events) {
        drops.add(DropReason.JOURNAL_FULL, events);
        if (outcome != null) {
            answers.execute(() -> tell(outcome, DropReason.JOURNAL_FULL));
        }
    }

    /** Brings the group to disk and answers for it; or refuses all of it, as if it had never come. */
    void commit() {
        if (parts.isEmpty() && waiting.isEmpty()) {
            return;
        }
        List<Part> group = parts;
        List<Outcome> told = waiting;
        parts = new ArrayList<>();
        waiting = new ArrayList<>();
        boolean kept = group.isEmpty() || write(group);
        if (!told.isEmpty()) {
            DropReason refusal = kept ? null : DropReason.JOURNAL_FULL;
            answers.execute(() -> told.forEach(outcome -> tell(outcome, refusal)));
        }
    }

    private static void tell(Outcome outcome, @Nullable DropReason refusal) {
        try {
            outcome.decided(refusal);
        } catch (RuntimeException e) {
            LOG.debug("An answer could not be given.", e);
        }
    }

    private boolean write(List<Part> group) {
        Journal open = journal;
        List<EventBatch> batches = new ArrayList<>();
        for (Part part : group) {
            batches.add(log.prepare(part.events(), part.bytes()));
        }
        try {
            if (open == null) {
                throw new IOException("There is no journal.");
            }
            for (EventBatch batch : batches) {
                open.append(batch);
            }
            open.sync();
        } catch (IOException e) {
            takeBack(open, batches, e);
            return false;
        }
        enricher.kept();
        for (EventBatch batch : batches) {
            log.publish(batch, true);
        }
        last = new Place(open.generation(), batches.get(batches.size() - 1).position());
        if (open.activeNumber() != windowSegment) {
            windowSegment = open.activeNumber();
            offerWindow();
        }
        if (!open.hasRoom()) {
            accepting = false;
            retryAtNanos = System.nanoTime() + RETRY_NANOS;
        }
        return true;
    }

    private void takeBack(@Nullable Journal open, List<EventBatch> batches, IOException e) {
        if (open != null) {
            open.discardUnsynced();
        }
        List<Event> lost = batches.stream()
                .flatMap(batch -> batch.events().stream())
                .filter(event -> !(event.data() instanceof EventData.Session)) // the sessions tell themselves again
                .toList();
        enricher.takeBack(lost);
        drops.add(DropReason.JOURNAL_FULL, lost.size());
        if (!failing) {
            LOG.warn(
                    "Events cannot be journalled and their requests are answered 503 until they can: {}",
                    e.getMessage() == null ? e.toString() : e.getMessage());
        }
        failing = true;
        accepting = false;
        retryAtNanos = System.nanoTime() + RETRY_NANOS;
    }

    private void restoreWindow(Journal open) {
        try {
            WindowFile.Window stored = WindowFile.load(spool.folder());
            Place from = Place.START;
            if (stored != null) {
                enricher.readWindow(new DataInputStream(new ByteArrayInputStream(stored.content())));
                from = stored.place();
            }
            spool.windowHoldsUpTo(from);
            try (JournalReader reader = new JournalReader(open)) {
                Place present = new Place(open.generation(), 0);
                for (EventBatch batch = reader.next(from, present);
                        batch != null;
                        batch = reader.next(reader.place(), present)) {
                    batch.events().forEach(enricher::remember);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("What was taken before the restart is not known in full; a repeated event is taken again.", e);
        }
    }

    private void offerWindow() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try {
            enricher.writeWindow(new DataOutputStream(bytes));
            spool.window(new WindowFile.Window(last, bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException("A buffer in memory does not fail.", e);
        }
    }

    /** Ends: after the last group was committed. */
    void close() {
        if (last.isBefore(Place.END) && journal != null && !last.equals(Place.START)) {
            offerWindow();
        }
        accepting = false;
        answers.shutdown();
        try {
            answers.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

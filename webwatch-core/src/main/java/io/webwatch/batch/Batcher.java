package io.webwatch.batch;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.enrich.Enricher;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.intake.Submission;
import io.webwatch.log.BatchLog;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.runtime.BackoffPause;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.SupervisedLoop;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves events from the ring to the log on the thread {@code webwatch-batcher}: drains submissions, passes them to
 * the enricher, and closes a batch at its maximum number of events or bytes, or after the linger time. The thread
 * sleeps while there is nothing to do. {@link #start} and {@link #close} may be called from any thread.
 */
public final class Batcher {
    private static final String THREAD = "webwatch-batcher";
    private static final int DRAIN = 256;
    private static final int MAX_GROUP = 4_096;
    private static final long JOURNAL_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int EVENT_BYTES = 512;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1); // old keys must be deleted without traffic, too

    private final SubmissionRing<Submission> ring;
    private final Enricher enricher;
    private final BatchLog log;
    private final DropCounters drops;
    private final DropReporter reporter;
    private final TimeSource time;
    private final @Nullable GroupCommit groupCommit;
    private final int maxEvents;
    private final long maxBytes;
    private final long lingerNanos;
    private final ThreadFailures.OfThread failures;
    private final BackoffPause pause = new BackoffPause();
    private final Thread thread = DaemonThreads.create(THREAD, this::run);
    private @Nullable EventBatch closed; // could not be appended yet
    private List<Event> events = new ArrayList<>();
    private long bytes;
    private long eventBytes = EVENT_BYTES;
    private long lingerDeadline;
    private long nextTick;

    /**
     * Prepares the batcher; {@link #start} starts its thread.
     *
     * @param groupCommit appends to the log when requests wait for the disk, or null in fast mode
     */
    public Batcher(
            WebWatchConfig config,
            SubmissionRing<Submission> ring,
            Enricher enricher,
            BatchLog log,
            DropCounters drops,
            TimeSource time,
            ThreadFailures failures,
            @Nullable GroupCommit groupCommit) {
        this.ring = ring;
        this.enricher = enricher;
        this.log = log;
        this.drops = drops;
        this.reporter = new DropReporter(drops, time);
        this.time = time;
        this.failures = failuresIn(failures);
        this.groupCommit = groupCommit;
        this.maxEvents = config.get(WebWatchProperties.BATCH_MAX_EVENTS);
        this.maxBytes = config.get(WebWatchProperties.BATCH_MAX_BYTES);
        this.lingerNanos = config.get(WebWatchProperties.BATCH_LINGER).toNanos();
        enricher.to(this::add);
    }

    static ThreadFailures.OfThread failuresIn(ThreadFailures failures) {
        return failures.of(THREAD, "It was restarted; the events that it lost are counted as internal.");
    }

    /** Starts the thread. */
    public void start() {
        nextTick = time.nanoTime() + TICK_NANOS;
        thread.start();
    }

    /**
     * Closes the ring and waits until all its submissions are in the log, which is then closed.
     *
     * @param deadlineNanos until when to wait, by {@link TimeSource#nanoTime}
     */
    public void close(long deadlineNanos) {
        ring.close();
        pause.hurry();
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - time.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        new SupervisedLoop(this::next, failures, pause).run();
        finish();
    }

    private boolean next() {
        if (ring.isDrained()) {
            return false;
        }
        Thread.interrupted(); // an interrupt cancels nothing here, but would keep the thread from sleeping
        if (groupCommit == null) {
            step();
        } else {
            step(groupCommit);
        }
        return true;
    }

    private void step() {
        long millis = time.millis();
        int drained = ring.drain(submission -> enrich(submission, millis), DRAIN);
        long now = time.nanoTime();
        if (closed != null || !events.isEmpty() && now - lingerDeadline >= 0) {
            flush();
        }
        if (now - nextTick >= 0) {
            nextTick = now + TICK_NANOS;
            enricher.tick(time.millis());
            flushIfFull();
            reporter.report();
        }
        if (drained == 0) {
            sleep(now);
        }
    }

    /** Writes all submissions in the ring as one group. Meanwhile, further ones arrive and form the next group. */
    private void step(GroupCommit group) {
        group.checkJournal();
        long millis = time.millis();
        int drained = ring.drain(submission -> enrichOrRefuse(submission, group, millis), MAX_GROUP);
        long now = time.nanoTime();
        if (now - nextTick >= 0) {
            nextTick = now + TICK_NANOS;
            if (group.accepts()) {
                enricher.tick(time.millis());
            }
            reporter.report();
        }
        if (!events.isEmpty()) {
            flush();
        }
        group.commit();
        if (drained == 0) {
            boolean idle = group.accepts() && !enricher.needsTicks() && !reporter.hasNews();
            long longest = group.accepts() ? nextTick - now : JOURNAL_CHECK_NANOS;
            ring.await(1, idle ? IDLE_NANOS : Math.max(1, longest));
        }
    }

    private void enrichOrRefuse(Submission submission, GroupCommit group, long nowMillis) {
        if (!group.accepts()) {
            group.refuse(submission.outcome(), submission.events().size());
            return;
        }
        try {
            enrich(submission, nowMillis);
        } finally {
            // Even if the events were lost: the browser must not send again what makes WebWatch fail.
            if (submission.outcome() != null) {
                group.await(submission.outcome());
            }
        }
    }

    private void sleep(long now) {
        if (!events.isEmpty()) {
            ring.await(Math.min(maxEvents, ring.capacity() / 2), Math.max(1, lingerDeadline - time.nanoTime()));
        } else if (enricher.needsTicks() || reporter.hasNews()) {
            ring.await(1, Math.max(1, nextTick - now));
        } else {
            ring.await(1, IDLE_NANOS);
        }
    }

    private void enrich(Submission submission, long nowMillis) {
        eventBytes = EVENT_BYTES
                + submission.bytes() / Math.max(1, submission.events().size());
        try {
            enricher.enrich(submission, nowMillis);
        } catch (OutOfMemoryError e) {
            throw e; // a pause may help, whereas the next submission would be lost, too
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
        flushIfFull();
    }

    /** Takes an event, or throws; an event that was taken is not lost if a later step fails. */
    private void add(Event event) {
        flushIfFull(); // before the event is taken
        if (events.isEmpty()) {
            lingerDeadline = time.nanoTime() + lingerNanos;
        }
        events.add(event);
        bytes += eventBytes;
    }

    private void flushIfFull() {
        if (events.size() >= maxEvents || bytes >= maxBytes) {
            flush();
        }
    }

    /** Closes the batch and passes it on. If that fails, the events are kept and the next call repeats it. */
    private void flush() {
        appendClosed();
        if (events.isEmpty()) {
            return;
        }
        List<Event> next = new ArrayList<>(Math.min(maxEvents, events.size() + 16));
        if (groupCommit == null) {
            closed = log.prepare(events, bytes);
        } else {
            groupCommit.add(events, bytes);
        }
        events = next;
        bytes = 0;
        appendClosed();
    }

    private void appendClosed() {
        if (closed != null) {
            log.append(closed);
            closed = null;
        }
    }

    private void finish() {
        attempt(() -> enricher.finish(time.millis()));
        if (!attempt(this::flush) && !attempt(this::flush)) {
            drops.add(DropReason.INTERNAL, events.size() + (closed == null ? 0 : closed.size()));
        }
        if (groupCommit != null) {
            attempt(groupCommit::commit);
            attempt(groupCommit::close);
        }
        attempt(reporter::reportAll);
        log.close(); // ends the deliveries, whatever has failed before
    }

    private boolean attempt(Runnable task) {
        try {
            task.run();
            return true;
        } catch (RuntimeException | Error e) {
            failures.add(e);
            return false;
        }
    }
}

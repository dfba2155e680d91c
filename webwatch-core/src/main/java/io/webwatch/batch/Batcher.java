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
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves events from the ring to the log on the thread {@code webwatch-batcher}: drains submissions, passes them to
 * the enricher, and closes a batch at its maximum number of events or bytes, or after the linger time. The thread
 * sleeps while there is nothing to do. {@link #start} and {@link #close} may be called from any thread.
 */
public final class Batcher {
    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);
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
    private final Thread thread = DaemonThreads.create("webwatch-batcher", this::run);
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
            @Nullable GroupCommit groupCommit) {
        this.ring = ring;
        this.enricher = enricher;
        this.log = log;
        this.drops = drops;
        this.reporter = new DropReporter(drops, time);
        this.time = time;
        this.groupCommit = groupCommit;
        this.maxEvents = config.get(WebWatchProperties.BATCH_MAX_EVENTS);
        this.maxBytes = config.get(WebWatchProperties.BATCH_MAX_BYTES);
        this.lingerNanos = config.get(WebWatchProperties.BATCH_LINGER).toNanos();
        enricher.to(this::add);
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
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - time.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!ring.isDrained()) {
            Thread.interrupted(); // an interrupt cancels nothing here, but would keep the thread from sleeping
            try {
                if (groupCommit == null) {
                    step();
                } else {
                    step(groupCommit);
                }
            } catch (RuntimeException e) {
                drops.add(DropReason.INTERNAL, 1);
                LOG.error("The batcher failed unexpectedly and continues. Please report this error.", e);
            }
        }
        finish();
    }

    private void step() {
        int drained = ring.drain(this::enrich, DRAIN);
        long now = time.nanoTime();
        if (!events.isEmpty() && now - lingerDeadline >= 0) {
            flush();
        }
        if (now - nextTick >= 0) {
            nextTick = now + TICK_NANOS;
            enricher.tick(time.millis());
            reporter.report();
        }
        if (drained == 0) {
            sleep(now);
        }
    }

    /** Writes all submissions in the ring as one group. Meanwhile, further ones arrive and form the next group. */
    private void step(GroupCommit group) {
        group.checkJournal();
        int drained = ring.drain(submission -> enrichOrRefuse(submission, group), MAX_GROUP);
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

    private void enrichOrRefuse(Submission submission, GroupCommit group) {
        if (!group.accepts()) {
            group.refuse(submission.outcome(), submission.events().size());
            return;
        }
        enrich(submission);
        if (submission.outcome() != null) {
            group.await(submission.outcome());
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

    private void enrich(Submission submission) {
        eventBytes = EVENT_BYTES
                + submission.bytes() / Math.max(1, submission.events().size());
        try {
            enricher.enrich(submission, time.millis());
        } catch (RuntimeException e) {
            drops.add(DropReason.INTERNAL, submission.events().size());
            LOG.error("Enriching events failed unexpectedly; they are lost. Please report this error.", e);
        }
    }

    private void add(Event event) {
        if (events.isEmpty()) {
            lingerDeadline = time.nanoTime() + lingerNanos;
        }
        events.add(event);
        bytes += eventBytes;
        if (events.size() >= maxEvents || bytes >= maxBytes) {
            flush();
        }
    }

    private void flush() {
        List<Event> closed = events;
        long size = bytes;
        events = new ArrayList<>(Math.min(maxEvents, closed.size() + 16));
        bytes = 0;
        if (groupCommit == null) {
            log.append(closed, size);
        } else {
            groupCommit.add(closed, size);
        }
    }

    private void finish() {
        try {
            enricher.finish(time.millis());
        } catch (RuntimeException e) {
            LOG.error("Could not emit the final session events. Please report this error.", e);
        }
        if (!events.isEmpty()) {
            flush();
        }
        if (groupCommit != null) {
            groupCommit.commit();
            groupCommit.close();
        }
        reporter.reportAll();
        log.close();
    }
}

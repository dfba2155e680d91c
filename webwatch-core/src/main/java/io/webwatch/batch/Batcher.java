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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread between the ring and the log: drains submissions, has them enriched, closes batches by events, bytes or
 * linger. Sleeps while there is nothing to do. Only {@link #close} may be called from another thread.
 */
public final class Batcher {
    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);
    private static final int DRAIN = 256;
    private static final int MAX_GROUP = 4_096;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int EVENT_BYTES = 512;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1); // old keys are forgotten without traffic too

    private final SubmissionRing<Submission> ring;
    private final Enricher enricher;
    private final BatchLog log;
    private final DropCounters drops;
    private final DropReporter reporter;
    private final InstantSource clock;
    private final @Nullable Durable durable;
    private final int maxEvents;
    private final long maxBytes;
    private final long lingerNanos;
    private final Thread thread = new Thread(this::run, "webwatch-batcher");
    private List<Event> events = new ArrayList<>();
    private long bytes;
    private long eventBytes = EVENT_BYTES;
    private long deadline;
    private long nextTick;

    /**
     * Prepares; {@link #start} begins.
     *
     * @param durable the way to the log when requests wait for the disk, or null
     */
    public Batcher(
            WebWatchConfig config,
            SubmissionRing<Submission> ring,
            Enricher enricher,
            BatchLog log,
            DropCounters drops,
            InstantSource clock,
            @Nullable Durable durable) {
        this.ring = ring;
        this.enricher = enricher;
        this.log = log;
        this.drops = drops;
        this.reporter = new DropReporter(drops);
        this.clock = clock;
        this.durable = durable;
        this.maxEvents = config.get(WebWatchProperties.BATCH_MAX_EVENTS);
        this.maxBytes = config.get(WebWatchProperties.BATCH_MAX_BYTES);
        this.lingerNanos = config.get(WebWatchProperties.BATCH_LINGER).toNanos();
        enricher.to(this::add);
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        nextTick = System.nanoTime() + TICK_NANOS;
        thread.start();
    }

    /**
     * Lets no more in, and waits until all that was let in stands in the log.
     *
     * @param deadlineNanos by {@link System#nanoTime}
     */
    public void close(long deadlineNanos) {
        ring.close();
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!ring.isDrained()) {
            Thread.interrupted(); // nothing here is cancelled by it, and a set flag would keep the thread from resting
            try {
                if (durable == null) {
                    step();
                } else {
                    step(durable);
                }
            } catch (RuntimeException e) {
                drops.add(DropReason.INTERNAL, 1);
                LOG.error("A step of the batcher failed; it goes on with the next one.", e);
            }
        }
        finish();
    }

    private void step() {
        int drained = ring.drain(this::enrich, DRAIN);
        long now = System.nanoTime();
        if (!events.isEmpty() && now - deadline >= 0) {
            flush();
        }
        if (now - nextTick >= 0) {
            nextTick = now + TICK_NANOS;
            enricher.tick(clock.millis());
            reporter.report(now);
        }
        if (drained == 0) {
            rest(now);
        }
    }

    /** Whatever is in the ring is one group: it is forced to disk, and more comes in meanwhile. */
    private void step(Durable group) {
        group.look();
        int drained = ring.drain(submission -> take(submission, group), MAX_GROUP);
        long now = System.nanoTime();
        if (now - nextTick >= 0) {
            nextTick = now + TICK_NANOS;
            if (group.accepts()) {
                enricher.tick(clock.millis());
            }
            reporter.report(now);
        }
        if (!events.isEmpty()) {
            flush();
        }
        group.commit();
        if (drained == 0) {
            boolean idle = group.accepts() && !enricher.needsTicks() && !reporter.hasNews();
            long longest = group.accepts() ? nextTick - now : LOOK_NANOS;
            ring.await(1, idle ? IDLE_NANOS : Math.max(1, longest));
        }
    }

    private void take(Submission submission, Durable group) {
        if (!group.accepts()) {
            group.refuse(submission.outcome(), submission.events().size());
            return;
        }
        enrich(submission);
        if (submission.outcome() != null) {
            group.await(submission.outcome());
        }
    }

    private void rest(long now) {
        if (!events.isEmpty()) {
            ring.await(Math.min(maxEvents, ring.capacity() / 2), Math.max(1, deadline - System.nanoTime()));
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
            enricher.enrich(submission, clock.millis());
        } catch (RuntimeException e) {
            drops.add(DropReason.INTERNAL, submission.events().size());
            LOG.error("A submission could not be enriched and is lost.", e);
        }
    }

    private void add(Event event) {
        if (events.isEmpty()) {
            deadline = System.nanoTime() + lingerNanos;
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
        if (durable == null) {
            log.append(closed, size);
        } else {
            durable.add(closed, size);
        }
    }

    private void finish() {
        try {
            enricher.finish(clock.millis());
        } catch (RuntimeException e) {
            LOG.error("The last sessions could not be told.", e);
        }
        if (!events.isEmpty()) {
            flush();
        }
        if (durable != null) {
            durable.commit();
            durable.close();
        }
        reporter.report(Long.MAX_VALUE);
        log.close();
    }
}

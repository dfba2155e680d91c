package io.webwatch.log;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.DeliveryMode;
import io.webwatch.event.DropCounters;
import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import io.webwatch.journal.WindowFile;
import io.webwatch.runtime.Backoff;
import io.webwatch.runtime.BackoffPause;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.SupervisedLoop;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import io.webwatch.status.JournalStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains the journal on the thread {@code webwatch-journal}: opens it, stores how far each sink is done, and
 * deletes what is no longer needed. In fast mode, the thread also appends to the journal the batches that sinks are
 * slow to take from memory. In durable mode, the batcher appends and forces every batch before it publishes it, and
 * this thread only maintains the files. If the disk fails, the thread retries with back-off while the log continues
 * in memory. The public methods may be called from any thread.
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String THREAD = "webwatch-journal";
    private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long TICK_MILLIS = 250;
    private static final Duration RETRY_INITIAL = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final BatchLog log;
    private final SpoolFeed feed;
    private final DataDirectory directory;
    private final Path folder;
    private final Checkpoint checkpoint;
    private final long maxSize;
    private final boolean durable;
    private final DropCounters drops;
    private final TimeSource time;
    private final ThreadFailures.OfThread failures;
    private final BackoffPause pause = new BackoffPause();
    private final Thread thread;
    private final CountDownLatch firstOpen = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(RETRY_INITIAL, RETRY_MAX);
    private long retryAtNanos;
    private long maintainAtNanos;
    private volatile boolean stopped;
    private volatile @Nullable Journal journal;
    private volatile @Nullable String lastError;

    /** Prepares the spool; {@link #start} starts its thread. */
    public Spool(
            WebWatchConfig config,
            BatchLog log,
            DataDirectory directory,
            DropCounters drops,
            TimeSource time,
            ThreadFailures failures) {
        this.log = log;
        this.feed = log.spoolFeed();
        this.directory = directory;
        this.folder = directory.path().resolve("journal");
        this.maxSize = config.get(WebWatchProperties.JOURNAL_MAX_SIZE);
        this.durable = config.get(WebWatchProperties.DELIVERY) == DeliveryMode.DURABLE;
        this.checkpoint = new Checkpoint(log, folder, durable);
        this.drops = drops;
        this.time = time;
        this.failures = failures.of(THREAD, "It was restarted, and no event was lost.");
        this.thread = DaemonThreads.create(THREAD, new SupervisedLoop(this::run, this.failures, pause));
        this.retryAtNanos = time.nanoTime();
        this.maintainAtNanos = time.nanoTime();
    }

    /** Starts the thread. Sinks receive nothing until it has looked for what earlier runs left. */
    public void start() {
        log.expectJournal();
        thread.start();
    }

    /** Returns the journal, or null while it is not open. */
    @Nullable
    public Journal journal() {
        return journal;
    }

    /** Returns the journal's current status. */
    public JournalStatus status() {
        Journal open = journal;
        return new JournalStatus(
                open != null,
                open == null ? 0 : open.size(),
                maxSize,
                open == null ? 0 : open.segmentCount(),
                lastError);
    }

    /** Returns the directory of the journal's files. */
    public Path folder() {
        return folder;
    }

    /** Accepts a snapshot of the duplicate window. Once it is stored, the journal may be deleted up to its place. */
    public void offerWindow(WindowFile.Window window) {
        checkpoint.offer(window);
    }

    /** Sets up to which place the stored duplicate window reaches, after it was restored. */
    public void windowRestored(Place place) {
        checkpoint.windowRestored(place);
    }

    /** Waits until the first attempt to open the journal has ended. */
    public void awaitFirstOpen(Duration timeout) {
        try {
            if (!firstOpen.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn(
                        "The disk of the journal in {} has not responded for {} s. Requests are answered 503 until it"
                                + " does; check the disk.",
                        folder,
                        timeout.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean run() {
        if (firstOpen.getCount() > 0) {
            open();
            firstOpen.countDown();
        } else if (!stopped) {
            try {
                step();
            } catch (InterruptedException e) {
                LOG.debug("The journal's thread was interrupted and continues.");
            }
        }
        return !stopped;
    }

    private void step() throws InterruptedException {
        List<EventBatch> due = feed.awaitDue(LAG_NANOS, isBusy(), TICK_MILLIS);
        if (stopped) {
            return;
        }
        if (journal == null && (durable || !due.isEmpty()) && isRetryDue()) {
            open();
        }
        spill(due);
        maintain();
    }

    private boolean isBusy() {
        Journal open = journal;
        return open == null ? durable : checkpoint.isOutdated(open);
    }

    private boolean isRetryDue() {
        return time.nanoTime() - retryAtNanos >= 0;
    }

    private void open() {
        try {
            directory.acquire();
            CursorFile.Known known = new CursorFile(folder).load();
            Journal opened = Journal.open(folder, log.id(), maxSize, !durable, known);
            opened.onDrop(log::segmentDropped);
            if (!durable) {
                Files.deleteIfExists(folder.resolve(WindowFile.NAME));
            }
            log.journalOpened(opened, known);
            journal = opened;
            new RemovedSinks(opened, drops).countLosses(known, log.donePlaces().keySet());
            succeeded();
        } catch (IOException | RuntimeException e) {
            log.journalOpened(null, CursorFile.Known.NOTHING);
            failed(e, "open");
        } catch (Error e) {
            log.journalOpened(null, CursorFile.Known.NOTHING); // the sinks must not wait for it
            failures.add(e);
            failed(e, "open");
        }
    }

    /** Writes batches that are due; those that cannot be written stay in memory as long as there is room. */
    private void spill(List<EventBatch> batches) {
        if (batches.isEmpty()) {
            return;
        }
        Journal open = journal;
        if (open == null || !isRetryDue()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // the same batches are due again at once
            return;
        }
        try {
            boolean first = open.isEmpty();
            append(open, batches);
            if (first) {
                LOG.debug("Batches that sinks have not accepted yet are written to the journal.");
            }
            succeeded();
        } catch (IOException e) {
            failed(e, "write");
        }
    }

    private void append(Journal open, List<EventBatch> batches) throws IOException {
        for (EventBatch batch : batches) {
            if (!feed.claim(batch)) {
                continue;
            }
            try {
                open.append(batch);
            } catch (Throwable e) {
                feed.unclaim(batch);
                throw e;
            }
            feed.markJournalled(batch);
        }
    }

    /** Forces what was written, stores a checkpoint and deletes what is no longer needed, at most once per tick. */
    private void maintain() {
        Journal open = journal;
        long now = time.nanoTime();
        if (open == null || now - maintainAtNanos < 0) {
            return;
        }
        maintainAtNanos = now + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        try {
            checkpoint.storeWindow();
            if (!open.isEmpty()) {
                if (!durable) {
                    open.sync();
                }
                checkpoint.storeCursors(open);
            }
            open.release(checkpoint.releasable());
        } catch (IOException e) {
            failed(e, "write");
        }
    }

    private void succeeded() {
        feed.setJournalWritable(!durable);
        lastError = null;
        backoff.reset();
        retryAtNanos = time.nanoTime();
    }

    private void failed(Throwable e, String what) {
        String reason = e.getMessage() == null || e instanceof Error ? e.toString() : e.getMessage();
        feed.setJournalWritable(false);
        if (lastError == null) {
            LOG.warn(
                    "Cannot {} the journal in {}: {} {} WebWatch retries until it succeeds.",
                    what,
                    folder,
                    reason.endsWith(".") ? reason : reason + ".",
                    durable
                            ? "Requests are answered 503 meanwhile."
                            : "Events wait in memory meanwhile, up to webwatch.buffer.max-bytes; the oldest are dropped"
                                    + " beyond that.");
        }
        lastError = reason;
        retryAtNanos = time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis(null));
    }

    /**
     * Stops the thread, writes to the journal what no sink has accepted, and stores a checkpoint. To be called after
     * the deliveries have ended.
     *
     * @param deadlineNanos until when to wait for the thread, by {@link TimeSource#nanoTime}
     */
    public void close(long deadlineNanos) {
        stopped = true;
        pause.hurry();
        feed.stop();
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - time.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The disk of the journal in {} does not respond. Events in memory are not journalled.", folder);
            return;
        }
        boolean interrupted = Thread.interrupted(); // an interrupt would close the files while they are written
        writeRemaining();
        log.closeReaders();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeRemaining() {
        List<EventBatch> undone = feed.undone();
        if (journal == null && !undone.isEmpty()) {
            open();
        }
        Journal open = journal;
        if (open == null) {
            return;
        }
        try (open) {
            append(open, undone);
            open.sync();
            checkpoint.storeWindow();
            checkpoint.storeCursors(open);
            open.roll();
            open.release(checkpoint.releasable());
        } catch (IOException | RuntimeException e) {
            failed(e, "write");
        } catch (Error e) { // must not keep the application from stopping; LossRecorder counts what was not written
            failures.add(e);
            failed(e, "write");
        }
    }
}

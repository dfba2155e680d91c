package io.webwatch.log;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.JournalStatus;
import io.webwatch.journal.Place;
import io.webwatch.journal.WindowFile;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns the journal: opens it, writes to it what lagging cursors have not taken from memory, stores how
 * far each has come, and deletes what all are done with. A disk that fails is tried again with back-off; meanwhile the
 * log goes on in memory. {@link #journal}, {@link #status} and {@link #window} may be called from any thread.
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long TICK_MILLIS = 250;
    private static final Duration RETRY_INITIAL = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final BatchLog log;
    private final DataDirectory directory;
    private final long maxSize;
    private final boolean durable;
    private final DropCounters drops;
    private final Thread thread = new Thread(this::run, "webwatch-journal");
    private final CountDownLatch looked = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(RETRY_INITIAL, RETRY_MAX);
    private CursorFile.Known stored = CursorFile.Known.NOTHING;
    private long retryAtNanos = System.nanoTime();
    private long lookAtNanos = System.nanoTime();
    private volatile boolean stopped;
    private volatile @Nullable Journal journal;
    private volatile @Nullable String lastError;
    /** A snapshot of the duplicate window that is to be stored, and up to where it holds. */
    private WindowFile.@Nullable Window offered;

    private volatile Place windowPlace = Place.START;

    public record Window(Place place, byte[] content) {}

    public Spool(WebWatchConfig config, BatchLog log, DataDirectory directory, DropCounters drops) {
        this.log = log;
        this.directory = directory;
        this.maxSize = config.get(WebWatchProperties.JOURNAL_MAX_SIZE);
        this.durable = config.get(WebWatchProperties.DELIVERY) == WebWatchProperties.DeliveryMode.DURABLE;
        this.drops = drops;
        this.thread.setDaemon(true);
    }

    /** Starts the thread; kept cursors wait until it has looked for what earlier runs left. */
    public void start() {
        log.opening();
        thread.start();
    }

    /** The journal, or null while there is none. */
    @Nullable
    public Journal journal() {
        return journal;
    }

    /** How the journal stands. */
    public JournalStatus status() {
        Journal open = journal;
        return new JournalStatus(
                open != null,
                open == null ? 0 : open.size(),
                maxSize,
                open == null ? 0 : open.segmentCount(),
                lastError);
    }

    /** Hands over a snapshot of the duplicate window, which allows to delete the journal up to that place. */
    public void window(WindowFile.Window window) {
        synchronized (this) {
            offered = window;
        }
    }

    /** Where the journal's files are. */
    public Path folder() {
        return directory.path().resolve("journal");
    }

    /** Waits until it is known whether there is a journal now. */
    public void awaitFirstLook(long nanos) {
        try {
            if (!looked.await(nanos, TimeUnit.NANOSECONDS)) {
                LOG.warn("The disk of the journal does not answer.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        open();
        looked.countDown();
        while (!stopped) {
            try {
                List<EventBatch> lagging = log.awaitLagging(LAG_NANOS, isBusy(), TICK_MILLIS);
                if (stopped) {
                    return;
                }
                if (journal == null && (durable || !lagging.isEmpty()) && isRetryDue()) {
                    open();
                }
                spill(lagging);
                look();
            } catch (InterruptedException e) {
                LOG.debug("The journal's thread was interrupted; it goes on.");
            } catch (RuntimeException e) {
                drops.add(DropReason.INTERNAL, 1);
                LOG.error("A step of the journal failed; it goes on with the next one.", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
            }
        }
    }

    private boolean isBusy() {
        Journal open = journal;
        return open == null ? durable : !open.isEmpty() && !log.donePlaces().equals(stored.cursors()) || hasOffer();
    }

    private synchronized boolean hasOffer() {
        return offered != null;
    }

    private boolean isRetryDue() {
        return System.nanoTime() - retryAtNanos >= 0;
    }

    private void open() {
        try {
            Path folder = directory.acquire().resolve("journal");
            CursorFile.Known known = new CursorFile(folder).load();
            Journal opened = Journal.open(folder, log.id(), maxSize, !durable, known);
            opened.atDrop(log::dropped);
            if (!durable) {
                Files.deleteIfExists(folder.resolve(WindowFile.NAME));
            }
            log.opened(opened, known);
            journal = opened;
            forgetRemovedSinks(opened, known);
            well();
        } catch (IOException | RuntimeException e) {
            log.opened(null, CursorFile.Known.NOTHING);
            failed(e, "The journal cannot be opened");
        }
    }

    private void forgetRemovedSinks(Journal opened, CursorFile.Known known) {
        if (opened.isEmpty()) {
            return;
        }
        Map<String, Place> present = log.donePlaces();
        known.cursors().forEach((name, done) -> {
            if (!present.containsKey(name)) {
                forget(name, opened, done);
            }
        });
    }

    private void forget(String name, Journal opened, Place done) {
        try {
            long events = opened.eventsOfEarlierRuns(done);
            drops.add(DropReason.SINK_REMOVED, events);
            if (events > 0) {
                LOG.warn("{} is no sink any more; {} events that the journal kept for it are given up.", name, events);
            }
        } catch (IOException e) {
            LOG.warn("{} is no sink any more; how many events the journal kept for it cannot be read.", name, e);
        }
    }

    /** Writes what lags; what cannot be written stays in memory as long as there is room. */
    private void spill(List<EventBatch> batches) {
        Journal open = journal;
        if (batches.isEmpty() || open == null || !isRetryDue()) {
            pauseIfFailing(batches);
            return;
        }
        try {
            boolean first = open.isEmpty();
            append(open, batches);
            if (first) {
                LOG.debug("Batches that sinks have not taken yet go to the journal.");
            }
            well();
        } catch (IOException e) {
            failed(e, "The journal cannot be written");
        }
    }

    private void append(Journal open, List<EventBatch> batches) throws IOException {
        for (EventBatch batch : batches) {
            if (!log.claim(batch)) {
                continue; // nobody needs it any more, or it is lost and counted
            }
            try {
                open.append(batch);
            } catch (IOException e) {
                log.unclaim(batch);
                throw e;
            }
            log.journalled(batch);
        }
    }

    private void pauseIfFailing(List<EventBatch> batches) {
        if (!batches.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // the batches would be told again at once
        }
    }

    /** Forces what was written, stores the cursors, deletes what nobody needs. */
    private void look() {
        Journal open = journal;
        long now = System.nanoTime();
        if (open == null || now - lookAtNanos < 0) {
            return;
        }
        lookAtNanos = now + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        try {
            storeWindow();
            if (!open.isEmpty()) {
                if (!durable) {
                    open.sync();
                }
                store(open);
            }
            open.release(releasable(open));
        } catch (IOException e) {
            failed(e, "The journal cannot be written");
        }
    }

    private void storeWindow() throws IOException {
        WindowFile.Window window;
        synchronized (this) {
            window = offered;
            offered = null;
        }
        if (window != null) {
            WindowFile.store(folder(), window);
            windowPlace = window.place();
        }
    }

    private void store(Journal open) throws IOException {
        Map<String, Place> places = log.donePlaces();
        CursorFile.Known now = new CursorFile.Known(open.generation(), open.events(), new LinkedHashMap<>(places));
        if (!now.equals(stored)) {
            new CursorFile(folder()).store(now);
            stored = now;
        }
    }

    /** Up to where every kept cursor is done, as stored; and in durable mode the snapshot of the window reaches. */
    private Place releasable(Journal open) {
        Place least = durable ? windowPlace : Place.END;
        for (Place place : stored.generation() == 0
                ? log.donePlaces().values()
                : stored.cursors().values()) {
            least = Place.least(least, place);
        }
        return least;
    }

    /** What a restart would begin with: for the batcher, which restores the duplicate window from it. */
    public void windowHoldsUpTo(Place place) {
        windowPlace = place;
    }

    private void well() {
        log.spooling(!durable);
        lastError = null;
        backoff.reset();
        retryAtNanos = System.nanoTime();
    }

    private void failed(Exception e, String what) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        log.spooling(false);
        if (lastError == null) {
            LOG.warn(
                    "{}: {} Meanwhile events wait in memory, up to webwatch.buffer.max-bytes; it is tried again.",
                    what,
                    reason.endsWith(".") ? reason : reason + ".");
        }
        lastError = reason;
        retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis(null));
    }

    /**
     * Ends: journals what no sink has taken and stores how far each has come. To be called after the deliveries ended.
     *
     * @param deadlineNanos by {@link System#nanoTime}
     */
    public void close(long deadlineNanos) {
        stopped = true;
        log.stopSpool();
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The disk of the journal does not answer; what is in memory is not journalled.");
            return;
        }
        boolean interrupted = Thread.interrupted(); // an interrupt would close the files in the midst of it
        finish();
        log.closeReaders();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish() {
        List<EventBatch> undone = log.undone();
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
            storeWindow();
            store(open);
            open.roll();
            open.release(releasable(open));
        } catch (IOException e) {
            failed(e, "The journal cannot be written");
        }
    }
}

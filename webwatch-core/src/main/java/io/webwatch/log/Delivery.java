package io.webwatch.log;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the batches of the log to one sink: opens it when it is first needed, keeps the bound of batches in flight,
 * repeats what can be repeated with back-off and in order, and counts the rest. One thread, which survives every
 * failure of the sink. {@link #status}, {@link #opened} and {@link #close} may be called from any thread.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long IDLE_MILLIS = 3_600_000;

    private record Attempt(EventBatch batch, CompletionStage<WriteResult> stage) {}

    private final String name;
    private final Callable<Sink> opener;
    private final BatchLog log;
    private final BatchLog.Cursor cursor;
    private final Backoff backoff;
    private final DropCounters drops;
    private final DeliveryStatus status;
    private final CompletableFuture<Sink> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> wanted = new CompletableFuture<>();
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private final ArrayDeque<Attempt> inFlight = new ArrayDeque<>();
    private final ArrayDeque<EventBatch> pending = new ArrayDeque<>(); // to be written before anything of the log
    private final Thread thread;
    private @Nullable Sink sink;

    /**
     * Prepares; {@link #start} begins.
     *
     * @param opener called on the delivery's thread, again after a back-off when it throws
     */
    public Delivery(
            String name,
            Callable<Sink> opener,
            BatchLog log,
            Duration retryInitial,
            Duration retryMax,
            DropCounters drops) {
        this.name = name;
        this.opener = opener;
        this.log = log;
        this.cursor = log.cursor();
        this.backoff = new Backoff(retryInitial, retryMax);
        this.drops = drops;
        this.status = new DeliveryStatus(name);
        this.thread = new Thread(this::run, "webwatch-sink-" + name);
        this.thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Name of the sink. */
    public String name() {
        return name;
    }

    /** The sink, when it is open; asking opens it. */
    public CompletableFuture<Sink> opened() {
        if (wanted.complete(null)) {
            cursor.wake();
        }
        return opened;
    }

    /** What the sink says is degraded. */
    public List<String> warnings() {
        try {
            Sink current = opened.getNow(null);
            return current == null ? List.of() : current.warnings();
        } catch (RuntimeException e) { // cancelled because it never opened, or the sink's own: status must be told
            return List.of();
        }
    }

    /** How the delivery stands. */
    public SinkStatus status() {
        return status.snapshot(log.end());
    }

    /**
     * Waits until the closed log is delivered, at most until then; gives up what is left, and counts it.
     *
     * @param deadlineNanos by {@link System#nanoTime}
     */
    public void close(long deadlineNanos) {
        boolean interrupted = join(deadlineNanos - System.nanoTime());
        if (thread.isAlive()) {
            abandoned.complete(null);
            thread.interrupt();
            interrupted |= join(TimeUnit.SECONDS.toNanos(1));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean join(long nanos) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            return false;
        } catch (InterruptedException e) {
            abandoned.complete(null); // whoever closes is in a hurry
            thread.interrupt();
            return true;
        }
    }

    private void run() {
        try {
            if (open()) {
                deliver();
            }
        } catch (InterruptedException e) {
            LOG.debug("Delivery to {} was interrupted while closing.", name);
        } finally {
            end();
        }
    }

    /** Opens the sink as soon as there is something to do for it; false when that never came. */
    private boolean open() throws InterruptedException {
        while (!wanted.isDone() && !cursor.awaitAvailable(IDLE_MILLIS)) {
            if (cursor.isAtEnd()) {
                return false;
            }
        }
        while (!isAbandoned()) {
            try {
                Sink created = opener.call();
                sink = created;
                status.running();
                backoff.reset();
                opened.complete(created);
                return true;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | LinkageError e) {
                if (cursor.isClosed()) {
                    return false; // it will not get better while the application stops
                }
                pause(describe(e), null);
            }
        }
        return false;
    }

    private void deliver() throws InterruptedException {
        while (!isAbandoned()) {
            begin();
            Attempt head = inFlight.peekFirst();
            if (head != null) {
                settle(head);
            } else if (cursor.isAtEnd() && pending.isEmpty()) {
                return;
            }
        }
    }

    private void begin() throws InterruptedException {
        int most = sink().maxInFlight();
        while (inFlight.size() < most) {
            EventBatch again = pending.pollFirst();
            EventBatch batch = again != null ? again : cursor.next(inFlight.isEmpty() ? IDLE_MILLIS : 0);
            status.lost(countLost());
            if (batch == null) {
                return;
            }
            inFlight.addLast(attempt(batch));
        }
    }

    private Attempt attempt(EventBatch batch) {
        try {
            return new Attempt(batch, sink().write(batch));
        } catch (RuntimeException | LinkageError e) {
            return new Attempt(batch, CompletableFuture.failedFuture(e));
        }
    }

    /** Waits for the oldest attempt; repeats it and all after it when it must be. */
    private void settle(Attempt head) throws InterruptedException {
        WriteResult result = await(head);
        EventBatch left = account(head.batch(), result);
        if (left == null) {
            inFlight.removeFirst();
            backoff.reset();
            status.done(head.batch().position());
            return;
        }
        inFlight.removeFirst();
        pending.addLast(left);
        for (Attempt later = inFlight.peekFirst(); later != null; later = inFlight.peekFirst()) {
            await(later); // its outcome does not count: it comes again, after the one before it
            pending.addLast(inFlight.removeFirst().batch());
        }
        status.retried();
        pause(result.reason() == null ? "no reason given" : result.reason(), result);
    }

    private WriteResult await(Attempt attempt) throws InterruptedException {
        try {
            return attempt.stage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            return WriteResult.retriable(describe(e.getCause() == null ? e : e.getCause()));
        }
    }

    /** Counts what is decided; what is left to be written, or null when nothing is. */
    private @Nullable EventBatch account(EventBatch batch, WriteResult result) {
        if (result.isWritten()) {
            status.written(batch.size());
            return null;
        }
        if (result.isAllRetriable()) {
            return batch;
        }
        List<Integer> retriable = result.retriableIndices(batch.size());
        int rejected = result.failures().size() - retriable.size();
        if (rejected > 0) {
            status.rejected(rejected);
            drops.add(DropReason.REJECTED, rejected);
            LOG.warn("{} refused {} of {} events for good: {}", name, rejected, batch.size(), result.reason());
        }
        status.written(batch.size() - result.failures().size());
        if (retriable.isEmpty()) {
            return null;
        }
        List<Event> events = retriable.stream().map(batch.events()::get).toList();
        return new EventBatch(batch.log(), batch.position(), events, batch.bytes());
    }

    private void pause(String reason, @Nullable WriteResult result) throws InterruptedException {
        if (status.failed(reason)) {
            LOG.warn("{} does not take events now: {} It is tried again until it does.", name, sentence(reason));
        }
        long millis = backoff.nextMillis(result == null ? null : result.retryAfter());
        try {
            abandoned.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // the pause is over
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with a failure", e);
        }
    }

    private boolean isAbandoned() {
        return abandoned.isDone();
    }

    private Sink sink() {
        Sink current = sink;
        if (current == null) {
            throw new IllegalStateException("not open");
        }
        return current;
    }

    private long countLost() {
        long lost = cursor.takeLost();
        drops.add(DropReason.SINK_LAG, lost);
        return lost;
    }

    private void end() {
        status.lost(countLost());
        long left = cursor.skipAll();
        for (Attempt attempt : inFlight) {
            left += attempt.batch().size();
        }
        for (EventBatch batch : pending) {
            left += batch.size();
        }
        if (left > 0) {
            status.lost(left);
            drops.add(DropReason.SHUTDOWN, left);
            LOG.warn("{} did not get {} events before the application stopped.", name, left);
        }
        status.closed();
        opened.cancel(false);
        if (sink != null) {
            boolean interrupted = Thread.interrupted(); // closing files must not fail for it
            try {
                sink.close();
            } catch (RuntimeException e) {
                LOG.warn("{} could not be closed in order: {}", name, describe(e));
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String describe(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}

package io.webwatch.delivery;

import io.webwatch.event.Event;
import io.webwatch.log.BatchLog;
import io.webwatch.log.Cursor;
import io.webwatch.runtime.SupervisedLoop;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of a delivery's thread: opens the sink when it is first needed, keeps up to {@link Sink#maxInFlight}
 * batches in flight, repeats failed batches in order, and hands a batch that keeps failing to an {@link Isolation}.
 * {@link #requestOpen}, {@link #opened} and {@link #resubmit} may be called from any thread.
 */
final class DeliveryWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final long IDLE_MILLIS = 3_600_000;
    private static final int FAILURES_BEFORE_ISOLATION = 6;

    private final String name;
    private final Callable<Sink> opener;
    private final BatchLog log;
    private final Cursor cursor;
    private final RetryPolicy retries;
    private final DeliveryStatus status;
    private final ResultRecorder results;
    private final LossRecorder losses;
    private final ThreadFailures.OfThread threadFailures;
    private final CompletableFuture<Sink> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> openRequested = new CompletableFuture<>();
    private final ArrayDeque<WriteAttempt> inFlight = new ArrayDeque<>();
    private final ArrayDeque<EventBatch> pending =
            new ArrayDeque<>(); // to be written before further batches of the log
    private final Resubmissions resubmissions = new Resubmissions();
    private @Nullable Sink sink;
    private @Nullable Isolation isolation;
    private @Nullable EventBatch inHand; // taken, but neither in flight nor pending
    private int failures; // of the oldest batch as a whole

    DeliveryWorker(
            String name,
            Callable<Sink> opener,
            BatchLog log,
            Cursor cursor,
            RetryPolicy retries,
            DeliveryStatus status,
            ResultRecorder results,
            LossRecorder losses,
            ThreadFailures.OfThread threadFailures) {
        this.name = name;
        this.opener = opener;
        this.log = log;
        this.cursor = cursor;
        this.retries = retries;
        this.status = status;
        this.results = results;
        this.losses = losses;
        this.threadFailures = threadFailures;
    }

    /** Opens the sink even if there is no batch yet. */
    void requestOpen() {
        if (openRequested.complete(null)) {
            cursor.wake();
        }
    }

    /** Returns a future that completes when the sink is open, or is cancelled if it never will be. */
    CompletableFuture<Sink> opened() {
        return opened;
    }

    /** Sends events again, and runs a task when the sink has accepted or rejected all of them. */
    void resubmit(List<Event> events, Runnable settled) {
        resubmissions.add(events, settled);
        openRequested.complete(null);
        cursor.wake();
    }

    @Override
    public void run() {
        try {
            new SupervisedLoop(this::step, threadFailures, this::failed).run();
        } finally {
            end();
        }
    }

    /** Returns false at the end. */
    private boolean step() throws InterruptedException {
        return sink == null ? open() : deliver();
    }

    private void failed(Throwable failure) throws InterruptedException {
        status.failed(WriteAttempt.describe(failure));
        retries.delay(null);
    }

    private boolean open() throws InterruptedException {
        while (!openRequested.isDone() && !cursor.awaitAvailable(IDLE_MILLIS)) {
            if (cursor.isAtEnd()) {
                return false;
            }
        }
        while (!retries.isAbandoned()) {
            try {
                Sink created = Objects.requireNonNull(opener.call(), "sink");
                sink = created;
                status.running();
                retries.succeeded();
                opened.complete(created);
                return true;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | Error e) {
                if (cursor.isClosed()) {
                    return false; // a retry is unlikely to succeed while the application stops
                }
                delay(WriteAttempt.describe(e), null);
            }
        }
        return false;
    }

    private boolean deliver() throws InterruptedException {
        if (retries.isAbandoned()) {
            return false;
        }
        if (inHand != null) { // the step before has failed
            pending.addFirst(inHand);
            inHand = null;
        }
        if (isolation != null) {
            isolate(isolation);
            return true;
        }
        startWrites();
        WriteAttempt head = inFlight.peekFirst();
        if (head == null) {
            return !cursor.isAtEnd() || !pending.isEmpty() || resubmissions.hasOrders();
        }
        if (canStartMore(head)) {
            start(read(IDLE_MILLIS)); // returns early when a write completes
        } else {
            settle(head);
        }
        return true;
    }

    private void startWrites() throws InterruptedException {
        int max = sink().maxInFlight();
        while (inFlight.size() < max) {
            if (pending.isEmpty()) {
                resubmissions.moveTo(pending);
            }
            EventBatch first = pending.pollFirst();
            EventBatch batch = first != null ? first : read(inFlight.isEmpty() ? IDLE_MILLIS : 0);
            if (batch == null) {
                return;
            }
            start(batch);
        }
    }

    private void start(@Nullable EventBatch batch) {
        if (batch != null) {
            inHand = batch;
            inFlight.addLast(write(batch));
            inHand = null;
        }
    }

    private WriteAttempt write(EventBatch batch) {
        return WriteAttempt.start(sink(), batch, cursor::wake);
    }

    /** Returns whether a batch that arrives while the oldest write is under way may be written at the same time. */
    private boolean canStartMore(WriteAttempt head) {
        return inFlight.size() < sink().maxInFlight() && !head.isDone() && pending.isEmpty() && !cursor.isAtEnd();
    }

    private @Nullable EventBatch read(long waitMillis) throws InterruptedException {
        try {
            EventBatch batch = cursor.next(waitMillis);
            inHand = batch;
            return batch;
        } catch (UncheckedIOException e) {
            delay(WriteAttempt.describe(e), null);
            return null;
        } finally {
            losses.count();
        }
    }

    /** Waits for the oldest write. If events must be written again, repeats it and all writes after it. */
    private void settle(WriteAttempt head) throws InterruptedException {
        EventBatch batch = head.batch();
        WriteResult result = head.await();
        List<Integer> undecided = result.retriableIndices(batch.size());
        boolean whole = undecided.size() == batch.size();
        EventBatch again = whole || undecided.isEmpty() ? batch : subset(batch, undecided);
        inFlight.removeFirst();
        if (undecided.isEmpty()) {
            failures = 0;
            retries.succeeded();
            results.record(batch, result);
            done(batch);
            return;
        }
        failures = whole && result.retryAfter() == null ? failures + 1 : 0;
        inHand = again; // before anything is counted, so that a failure cannot count it twice
        results.record(batch, result);
        requeue(again);
        if (failures >= FAILURES_BEFORE_ISOLATION) {
            failures = 0;
            isolation = new Isolation(pending.removeFirst(), this::nextForIsolation);
        }
        retry(result);
    }

    /** Returns a batch and those in flight to the front of the queue, in order. */
    private void requeue(EventBatch first) throws InterruptedException {
        for (WriteAttempt later = inFlight.peekLast(); later != null; later = inFlight.peekLast()) {
            later.await(); // the result is ignored: to keep the order, the batch is written again after the first one
            pending.addFirst(later.batch());
            inFlight.removeLast();
        }
        pending.addFirst(first);
        inHand = null;
    }

    private @Nullable EventBatch nextForIsolation() {
        EventBatch first = pending.pollFirst();
        try {
            return first != null ? first : read(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            inHand = null;
        }
    }

    private void isolate(Isolation current) throws InterruptedException {
        EventBatch part = current.part();
        WriteResult result = write(part).await();
        List<Integer> undecided = result.retriableIndices(part.size());
        results.record(part, result);
        Event givenUp = current.settled(undecided, result.retryAfter() != null);
        if (givenUp != null) {
            results.giveUp(givenUp, ResultRecorder.retryReason(result));
        }
        current.finished().forEach(this::done);
        if (current.isOver()) {
            isolation = null;
        }
        if (undecided.isEmpty() || givenUp != null) {
            retries.succeeded();
        } else if (!current.provesNext()) {
            retry(result);
        }
    }

    private void done(EventBatch batch) {
        cursor.done(batch);
        resubmissions.done(batch);
        status.done(batch.log().equals(log.id()) ? batch.position() : 0);
    }

    private static EventBatch subset(EventBatch batch, List<Integer> indices) {
        List<Event> events = indices.stream().map(batch.events()::get).toList();
        return new EventBatch(batch.log(), batch.position(), events, batch.bytes());
    }

    private void retry(WriteResult result) throws InterruptedException {
        status.retried();
        delay(ResultRecorder.retryReason(result), result.retryAfter());
    }

    private void delay(String reason, @Nullable Duration retryAfter) throws InterruptedException {
        if (status.failed(reason)) {
            LOG.warn(
                    "The sink {} is unavailable: {} Retrying until it recovers; its events are kept meanwhile.",
                    name,
                    ResultRecorder.sentence(reason));
        }
        retries.delay(retryAfter);
    }

    private Sink sink() {
        Sink current = sink;
        if (current == null) {
            throw new IllegalStateException("The sink " + name + " is not open.");
        }
        return current;
    }

    private void end() {
        losses.workerEnded();
        status.closed();
        opened.cancel(false);
        if (sink != null) {
            boolean interrupted = Thread.interrupted(); // an interrupt must not keep the sink from closing its files
            try {
                sink.close();
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "The sink {} could not be closed: {} The application continues to stop.",
                        name,
                        ResultRecorder.sentence(WriteAttempt.describe(e)));
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

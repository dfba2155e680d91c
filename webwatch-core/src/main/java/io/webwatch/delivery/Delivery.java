package io.webwatch.delivery;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.log.Backoff;
import io.webwatch.log.BatchLog;
import io.webwatch.log.Cursor;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import io.webwatch.status.SinkStatus;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the batches of the log to one sink: opens it when it is first needed, keeps the bound of batches in flight,
 * repeats what can be repeated with back-off and in order, takes apart what fails again and again, and counts the rest.
 * One thread, which survives every failure of the sink. {@link #status}, {@link #opened}, {@link #resubmit} and {@link
 * #close} may be called from any thread.
 *
 * <p>This file is past four hundred lines because the states of one thread stand in one place.
 *
 * <p>This file is long because one thread steps through all of its states.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long IDLE_MILLIS = 3_600_000;
    private static final int FAILURES_BEFORE_ISOLATION = 6;
    private static final int TRIES_WHILE_CLOSING = 2;
    private static final long PAUSE_WHILE_CLOSING_MILLIS = 200;

    private record Attempt(EventBatch batch, CompletableFuture<WriteResult> stage) {
        boolean isDone() {
            return stage.isDone();
        }
    }

    private final String name;
    private final Callable<Sink> opener;
    private final BatchLog log;
    private final Cursor cursor;
    private final Backoff backoff;
    private final DropCounters drops;
    private final DeliveryStatus status;
    private final Verdicts verdicts;
    private final CompletableFuture<Sink> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> wanted = new CompletableFuture<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private final ArrayDeque<Attempt> inFlight = new ArrayDeque<>();
    private final ArrayDeque<EventBatch> pending = new ArrayDeque<>(); // to be written before anything of the log
    private final Resubmissions resubmissions = new Resubmissions();
    private final Thread thread;
    private @Nullable Sink sink;
    private @Nullable Isolation isolation;
    private int failures; // of the batch at the head, as a whole
    private int failuresWhileClosing;
    private volatile long left;

    /**
     * Prepares; {@link #start} begins.
     *
     * @param opener called on the delivery's thread, again after a back-off when it throws
     * @param cursor where it reads the log; its own
     * @param letters where refused events are kept, or null when they are not
     */
    public Delivery(
            String name,
            Callable<Sink> opener,
            BatchLog log,
            Cursor cursor,
            Duration retryInitial,
            Duration retryMax,
            DropCounters drops,
            @Nullable DeadLetters letters) {
        this.name = name;
        this.opener = opener;
        this.log = log;
        this.cursor = cursor;
        this.backoff = new Backoff(retryInitial, retryMax);
        this.drops = drops;
        this.status = new DeliveryStatus(name);
        this.verdicts = new Verdicts(name, status, drops, letters);
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

    /** How the delivery stands. */
    public SinkStatus status() {
        return status.snapshot(cursor.lag(), ofSink(Sink::metrics, Map.of()), ofSink(Sink::warnings, List.of()));
    }

    private <T> T ofSink(Function<Sink, T> question, T otherwise) {
        try {
            Sink current = opened.getNow(null);
            return current == null ? otherwise : question.apply(current);
        } catch (RuntimeException e) { // cancelled because it never opened, or the sink's own: status must be told
            return otherwise;
        }
    }

    /** Sends events again that the sink refused before, and has something done when all of them are decided. */
    public void resubmit(List<Event> events, Runnable settled) {
        resubmissions.add(events, settled);
        wanted.complete(null);
        cursor.wake();
    }

    /**
     * Waits until the closed log is delivered, at most until then; gives up what is left. A sink that fails meanwhile is
     * not waited for when the journal can keep its events.
     *
     * @param deadlineNanos by {@link System#nanoTime}
     */
    public void close(long deadlineNanos) {
        closing.complete(null);
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
            if (isolation != null) {
                isolate(isolation);
                continue;
            }
            begin();
            Attempt head = inFlight.peekFirst();
            if (head != null && canBeginMore(head)) {
                beginNext();
            } else if (head != null) {
                settle(head);
            } else if (cursor.isAtEnd() && pending.isEmpty() && !resubmissions.hasOrders()) {
                return;
            }
        }
    }

    private void begin() throws InterruptedException {
        int most = sink().maxInFlight();
        while (inFlight.size() < most) {
            if (pending.isEmpty()) {
                resubmissions.moveTo(pending);
            }
            EventBatch again = pending.pollFirst();
            EventBatch batch = again != null ? again : read(inFlight.isEmpty() ? IDLE_MILLIS : 0);
            if (batch == null) {
                return;
            }
            inFlight.addLast(attempt(batch));
        }
    }

    /** Whether a batch that comes while the oldest attempt is under way can be begun beside it. */
    private boolean canBeginMore(Attempt head) {
        return inFlight.size() < sink().maxInFlight() && !head.isDone() && pending.isEmpty() && !cursor.isAtEnd();
    }

    /** Waits for a batch, or for the end of an attempt, whichever comes first. */
    private void beginNext() throws InterruptedException {
        EventBatch batch = read(IDLE_MILLIS);
        if (batch != null) {
            inFlight.addLast(attempt(batch));
        }
    }

    private @Nullable EventBatch read(long waitMillis) throws InterruptedException {
        try {
            return cursor.next(waitMillis);
        } catch (UncheckedIOException e) {
            pause(describe(e), null);
            return null;
        } finally {
            countLost();
        }
    }

    private Attempt attempt(EventBatch batch) {
        try {
            CompletableFuture<WriteResult> stage = sink().write(batch).toCompletableFuture();
            if (!stage.isDone()) {
                stage.whenComplete((result, failure) -> cursor.wake());
            }
            return new Attempt(batch, stage);
        } catch (RuntimeException | LinkageError e) {
            return new Attempt(batch, CompletableFuture.failedFuture(e));
        }
    }

    /** Waits for the oldest attempt; repeats it and all after it when it must be. */
    private void settle(Attempt head) throws InterruptedException {
        EventBatch batch = head.batch();
        WriteResult result = await(head);
        List<Integer> undecided = verdicts.account(batch, result);
        inFlight.removeFirst();
        if (undecided.isEmpty()) {
            failures = 0;
            backoff.reset();
            done(batch);
            return;
        }
        boolean whole = undecided.size() == batch.size() && result.retryAfter() == null;
        failures = whole ? failures + 1 : 0;
        ArrayDeque<EventBatch> again = new ArrayDeque<>();
        again.add(undecided.size() == batch.size() ? batch : part(batch, undecided));
        for (Attempt later = inFlight.peekFirst(); later != null; later = inFlight.peekFirst()) {
            await(later); // its outcome does not count: it comes again, after the one before it
            again.add(inFlight.removeFirst().batch());
        }
        while (!again.isEmpty()) {
            pending.addFirst(again.removeLast());
        }
        if (failures >= FAILURES_BEFORE_ISOLATION) {
            failures = 0;
            isolation = new Isolation(pending.removeFirst(), this::following);
        }
        retry(result);
    }

    private @Nullable EventBatch following() {
        EventBatch again = pending.pollFirst();
        try {
            return again != null ? again : read(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void isolate(Isolation current) throws InterruptedException {
        EventBatch part = current.part();
        WriteResult result = await(attempt(part));
        List<Integer> undecided = verdicts.account(part, result);
        Event given = current.settled(undecided, result.retryAfter() != null);
        if (given != null) {
            verdicts.giveUp(given, reason(result));
        }
        current.finished().forEach(this::done);
        if (current.isOver()) {
            isolation = null;
        }
        if (undecided.isEmpty() || given != null) {
            backoff.reset();
        } else if (!current.provesNext()) {
            retry(result);
        }
    }

    private void retry(WriteResult result) throws InterruptedException {
        status.retried();
        pause(reason(result), result);
    }

    private void done(EventBatch batch) {
        cursor.done(batch);
        resubmissions.done(batch);
        status.done(batch.log().equals(log.id()) ? batch.position() : 0);
    }

    private static String reason(WriteResult result) {
        return result.failures().stream()
                .filter(WriteResult.Failure::retriable)
                .map(WriteResult.Failure::reason)
                .findFirst()
                .orElse(result.reason() == null ? "no reason given" : result.reason());
    }

    private static EventBatch part(EventBatch batch, List<Integer> indices) {
        List<Event> events = indices.stream().map(batch.events()::get).toList();
        return new EventBatch(batch.log(), batch.position(), events, batch.bytes());
    }

    private WriteResult await(Attempt attempt) throws InterruptedException {
        try {
            return attempt.stage().get();
        } catch (ExecutionException e) {
            return WriteResult.retriable(describe(e.getCause() == null ? e : e.getCause()));
        }
    }

    private void pause(String reason, @Nullable WriteResult result) throws InterruptedException {
        if (status.failed(reason)) {
            LOG.warn("{} does not take events now: {} It is tried again until it does.", name, sentence(reason));
        }
        long millis = backoff.nextMillis(result == null ? null : result.retryAfter());
        if (closing.isDone()) {
            failuresWhileClosing++;
            if (cursor.isKept() && failuresWhileClosing >= TRIES_WHILE_CLOSING) {
                abandoned.complete(null); // the journal keeps the rest
            }
            rest(abandoned, Math.min(millis, PAUSE_WHILE_CLOSING_MILLIS));
        } else {
            rest(closing, millis);
        }
    }

    private static void rest(CompletableFuture<Void> until, long millis) throws InterruptedException {
        try {
            until.get(millis, TimeUnit.MILLISECONDS);
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

    private void countLost() {
        long lost = cursor.takeLost();
        long damaged = cursor.takeDamaged();
        drops.add(cursor.isSinks() ? DropReason.SINK_LAG : DropReason.LIVE_LAG, lost);
        drops.add(DropReason.JOURNAL_DAMAGED, damaged);
        status.lost(lost + damaged);
    }

    /** Counts what the sink has not got and nobody keeps for it; after the journal took what it could. */
    public void countLeft() {
        countLost();
        long lost = cursor.unkept();
        if (lost > 0) {
            status.lost(lost);
            drops.add(DropReason.SHUTDOWN, lost);
            LOG.warn("{} did not get {} events before the application stopped, and they are not kept.", name, lost);
        }
        if (left > lost) {
            LOG.info(
                    "{} did not get all events before the application stopped; it gets them after the next start.",
                    name);
        }
    }

    private void end() {
        countLost();
        left = cursor.lag();
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

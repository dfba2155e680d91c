package io.webwatch.delivery;

import io.webwatch.event.DropCounters;
import io.webwatch.event.Event;
import io.webwatch.log.BatchLog;
import io.webwatch.log.Cursor;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.Sink;
import io.webwatch.status.SinkStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the batches of the log to one sink, on a thread that survives every failure of the sink. Starts and stops
 * the {@link DeliveryWorker}, and reports its status. Thread-safe.
 */
public final class Delivery {
    private final String name;
    private final Cursor cursor;
    private final TimeSource time;
    private final DeliveryStatus status;
    private final LossRecorder losses;
    private final RetryPolicy retries;
    private final DeliveryWorker worker;
    private final Thread thread;

    /**
     * Prepares the delivery; {@link #start} starts its thread.
     *
     * @param opener opens the sink, on the delivery's thread; called again after a delay if it throws
     * @param cursor reads the log for this delivery only
     * @param letters keeps rejected events, or null to discard them
     */
    public Delivery(
            String name,
            Callable<Sink> opener,
            BatchLog log,
            Cursor cursor,
            Duration retryInitial,
            Duration retryMax,
            DropCounters drops,
            @Nullable DeadLetters letters,
            TimeSource time,
            ThreadFailures failures) {
        this.name = name;
        this.cursor = cursor;
        this.time = time;
        this.status = new DeliveryStatus(name);
        this.losses = new LossRecorder(name, cursor, drops, status);
        this.retries = new RetryPolicy(retryInitial, retryMax, cursor);
        ResultRecorder results = new ResultRecorder(name, status, drops, letters);
        ThreadFailures.OfThread counter = failuresIn(failures, name);
        this.worker = new DeliveryWorker(name, opener, log, cursor, retries, status, results, losses, counter);
        this.thread = DaemonThreads.create(counter.name(), worker);
    }

    /** Returns the counter of the failures of a delivery's thread. */
    public static ThreadFailures.OfThread failuresIn(ThreadFailures failures, String name) {
        return failures.of("webwatch-sink-" + name, "It was restarted and continues with the same events.");
    }

    /** Starts the thread. The sink is opened when the first batch arrives. */
    public void start() {
        thread.start();
    }

    /** Returns the name of the sink. */
    public String name() {
        return name;
    }

    /** Requests that the sink be opened even without a batch, and returns a future that completes when it is open. */
    public CompletableFuture<Sink> opened() {
        worker.requestOpen();
        return worker.opened();
    }

    /** Returns the delivery's current status. */
    public SinkStatus status() {
        return status.snapshot(cursor.lag(), askSink(Sink::metrics, Map.of()), askSink(Sink::warnings, List.of()));
    }

    private <T> T askSink(Function<Sink, T> question, T otherwise) {
        try {
            Sink current = worker.opened().getNow(null);
            return current == null ? otherwise : question.apply(current);
        } catch (RuntimeException | Error e) { // it was never opened, or it failed to answer
            return otherwise;
        }
    }

    /**
     * Sends events again that the sink has rejected before.
     *
     * @param settled run when the sink has accepted or rejected all of them
     */
    public void resubmit(List<Event> events, Runnable settled) {
        worker.resubmit(events, settled);
    }

    /**
     * Waits until the closed log is delivered. A sink that fails meanwhile is not waited for if the journal can keep
     * its events. When the deadline has passed, interrupts the sink and gives up.
     *
     * @param deadlineNanos until when to wait, by {@link TimeSource#nanoTime}
     */
    public void close(long deadlineNanos) {
        retries.startClosing();
        boolean interrupted = join(deadlineNanos - time.nanoTime());
        if (thread.isAlive()) {
            abandon();
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
            abandon(); // the caller does not want to wait
            return true;
        }
    }

    private void abandon() {
        retries.abandon();
        thread.interrupt();
    }

    /**
     * Counts the events that the sink did not accept and the journal does not keep. To be called after both closed.
     */
    public void countLeft() {
        losses.countAfterClose();
    }
}

package io.webwatch.test.sink;

import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import io.webwatch.sink.WriteResult.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A sink with several writes in flight that is correct except for one flaw. */
final class FlawedSink implements Sink {
    /** Name of custom events that this sink never accepts. */
    static final String UNACCEPTABLE = "unacceptable";

    private static final Duration TIMEOUT = Duration.ofMillis(150);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Flaw flaw;
    private final RemoteStore store;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(DaemonThreads.named("flawed-sink-sender"));
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch secondWrite = new CountDownLatch(1);
    private final List<Event> buffered = new ArrayList<>();
    private @Nullable EventBatch failed; // of the sender; later batches must not overtake it
    private volatile boolean isBroken;
    private volatile boolean isClosed;
    private int asked;
    private int open;
    private int puts;

    FlawedSink(Flaw flaw, RemoteStore store) {
        this.flaw = flaw;
        this.store = store;
    }

    @Override
    public int maxInFlight() {
        return switch (flaw) {
            case NOTHING_IN_FLIGHT -> 0;
            case CHANGING_BOUND -> 3 + asked++;
            default -> 3;
        };
    }

    @Override
    public CompletionStage<WriteResult> write(EventBatch batch) {
        if (flaw == Flaw.NEVER_ANSWERS) {
            return new CompletableFuture<>();
        }
        if (flaw == Flaw.ANSWERS_NULL) {
            return null;
        }
        if (flaw == Flaw.BLOCKS_FOR_EVER) {
            block();
        }
        if (flaw == Flaw.SORTS_THE_BATCH) {
            batch.events().sort(Comparator.comparing(Event::timeNanos));
        }
        if (Thread.currentThread().isInterrupted()) {
            if (flaw == Flaw.IS_BROKEN_BY_AN_INTERRUPT) {
                isBroken = true;
            } else if (flaw == Flaw.REJECTS_ON_INTERRUPT) {
                return CompletableFuture.completedStage(rejected(batch, "interrupted"));
            }
        }
        synchronized (this) {
            if (flaw == Flaw.TAKES_ONE_AT_A_TIME && open > 0) {
                secondWrite.countDown();
                throw new IllegalStateException("busy");
            }
            open++;
        }
        CompletableFuture<WriteResult> stage = new CompletableFuture<>();
        sender.execute(() -> send(batch, stage));
        return stage;
    }

    private void send(EventBatch batch, CompletableFuture<WriteResult> stage) {
        switch (flaw) {
            case LEAVES_STAGES_OPEN -> await(closing);
            case WRITES_AFTER_CLOSE -> store.awaitRead(); // the test reads it after closing
            case TAKES_ONE_AT_A_TIME -> await(secondWrite);
            default -> {}
        }
        WriteResult result;
        if (isAheadOfFailure(batch) && flaw != Flaw.OVERTAKES_AFTER_A_FAILURE) {
            result = WriteResult.retriable("an earlier write failed");
        } else {
            result = reach(batch);
            failed = result.isAllRetriable() ? batch : null;
        }
        synchronized (this) {
            open--;
        }
        if (flaw != Flaw.LEAVES_STAGES_OPEN || !isClosed) {
            stage.complete(result);
        }
    }

    private boolean isAheadOfFailure(EventBatch batch) {
        return failed != null && failed.log().equals(batch.log()) && batch.position() > failed.position();
    }

    private WriteResult reach(EventBatch batch) {
        try {
            store.reach(flaw == Flaw.WAITS_FOR_EVER_FOR_A_SILENT_PEER ? FOR_EVER : TIMEOUT);
        } catch (TimeoutException e) {
            if (flaw == Flaw.GIVES_UP_AFTER_A_FAILURE) {
                isBroken = true;
            }
            return switch (flaw) {
                case REPORTS_WRITTEN_DURING_AN_OUTAGE -> WriteResult.written();
                case REJECTS_DURING_AN_OUTAGE -> rejected(batch, "unavailable");
                default -> WriteResult.retriable(e.getMessage());
            };
        } catch (InterruptedException e) {
            return WriteResult.retriable("closing");
        }
        if (isBroken) {
            return WriteResult.retriable("broken");
        }
        return store(batch);
    }

    private WriteResult store(EventBatch batch) {
        if (flaw == Flaw.FAILS_ON_LARGE_BATCHES && batch.size() > 500) {
            return WriteResult.retriable("too large");
        }
        if (isKnown(batch)) {
            return WriteResult.written();
        }
        List<Event> events = new ArrayList<>(batch.events());
        if (flaw == Flaw.REVERSES_THE_BATCH) {
            Collections.reverse(events);
        }
        if (flaw == Flaw.LOSES_THE_LAST_EVENT && events.size() > 1) {
            events.remove(events.size() - 1);
        }
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (isUnacceptable(event)) {
                if (refused(batch, i, failures)) {
                    break;
                }
            } else {
                put(event);
            }
        }
        store.remember(key(batch), batch.position());
        return flaw == Flaw.REJECTS_THE_WHOLE_BATCH && !failures.isEmpty()
                ? rejected(batch, "one is unacceptable")
                : WriteResult.partial(failures, null);
    }

    /** Adds a failure for an unacceptable event, and returns whether to skip the rest of the batch. */
    private boolean refused(EventBatch batch, int index, List<Failure> failures) {
        if (flaw != Flaw.HIDES_THE_UNACCEPTABLE) {
            failures.add(new Failure(
                    flaw == Flaw.COUNTS_INDICES_WRONGLY ? index + 1 : index,
                    flaw == Flaw.REPEATS_THE_UNACCEPTABLE,
                    flaw == Flaw.GIVES_NO_REASON ? "" : "unacceptable"));
        }
        return flaw == Flaw.STOPS_AT_THE_FIRST_REJECTION && batch.size() > index;
    }

    private boolean isUnacceptable(Event event) {
        return event.data() instanceof Custom custom
                && (custom.name().equals(UNACCEPTABLE)
                        || flaw == Flaw.CHOKES_ON_SURROGATES && custom.name().contains("\ud800"));
    }

    private boolean isKnown(EventBatch batch) {
        return switch (flaw) {
            case KNOWS_WHOLE_BATCHES_ONLY, DOES_NOT_KNOW_A_REPETITION, FORGETS_AT_A_RESTART -> false;
            default -> store.knows(key(batch), batch.position());
        };
    }

    private String key(EventBatch batch) {
        return flaw == Flaw.KNOWS_ONLY_THE_POSITION ? "" : batch.log();
    }

    private void put(Event event) {
        switch (flaw) {
            case SKIPS_A_TYPE -> {
                if (event.type() != EventType.HOVER) {
                    store.put(event);
                }
            }
            case STORES_TWICE -> {
                store.add(event);
                store.add(event);
            }
            case DOES_NOT_KNOW_A_REPETITION, KNOWS_WHOLE_BATCHES_ONLY -> store.add(event);
            case FORGETS_AT_A_RESTART -> putUnlessSeen(event);
            case LOSES_WHAT_IS_BUFFERED -> {
                buffered.add(event);
                if (buffered.size() >= 150) {
                    buffered.forEach(store::put);
                    buffered.clear();
                }
            }
            case MIXES_WRITES_UP -> sometimesLate(event);
            default -> store.put(event);
        }
    }

    private void putUnlessSeen(Event event) {
        if (!buffered.contains(event)) {
            buffered.add(event); // only this instance remembers
            store.add(event);
        }
    }

    private void sometimesLate(Event event) {
        if (puts++ % 10 == 0) {
            buffered.add(event);
            return;
        }
        store.put(event);
        if (puts % 10 == 5) {
            buffered.forEach(store::put);
            buffered.clear();
        }
    }

    private static WriteResult rejected(EventBatch batch, String reason) {
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            failures.add(new Failure(i, false, reason));
        }
        return WriteResult.partial(failures, null);
    }

    private static void block() {
        await(new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        closing.countDown();
        if (flaw == Flaw.CLOSES_SLOWLY) {
            block();
        }
        if (flaw == Flaw.MIXES_WRITES_UP) {
            buffered.forEach(store::put);
        }
        if (flaw == Flaw.WRITES_AFTER_CLOSE || flaw == Flaw.LEAVES_STAGES_OPEN) {
            return;
        }
        sender.shutdown();
        try {
            boolean patient = flaw == Flaw.WAITS_FOR_THE_PEER_TO_CLOSE;
            while (patient && !isReachable()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            if (!sender.awaitTermination(500, TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReachable() throws InterruptedException {
        try {
            store.reach(Duration.ZERO);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}

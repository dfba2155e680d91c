package io.webwatch.batch;

import io.webwatch.event.DropReason;
import io.webwatch.intake.Submission.Outcome;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.ThreadFailures;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies requests of the outcome of their submissions on the thread {@code webwatch-answers}, so that a slow
 * servlet container does not hold up the batcher.
 */
final class OutcomeNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeNotifier.class);
    private static final long CLOSE_SECONDS = 2;

    private static final String THREAD = "webwatch-answers";

    private final ExecutorService executor = Executors.newSingleThreadExecutor(DaemonThreads.named(THREAD));
    private final ThreadFailures.OfThread failures;

    OutcomeNotifier(ThreadFailures failures) {
        this.failures =
                failures.of(THREAD, "It continues with the next request; the client of the failed one sends it again.");
    }

    /**
     * Notifies requests.
     *
     * @param refusal why their events were not accepted, or null if they are on disk
     */
    void notify(List<Outcome> outcomes, @Nullable DropReason refusal) {
        executor.execute(() -> outcomes.forEach(outcome -> notify(outcome, refusal)));
    }

    private void notify(Outcome outcome, @Nullable DropReason refusal) {
        try {
            outcome.decided(refusal);
        } catch (RuntimeException e) {
            LOG.debug("Could not answer a request; the client retries it.", e);
        } catch (Error e) { // the requests after it must be answered all the same
            failures.add(e);
        }
    }

    /** Waits a moment for notifications that are under way. */
    void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

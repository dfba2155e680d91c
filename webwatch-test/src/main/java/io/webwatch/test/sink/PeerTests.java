package io.webwatch.test.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.webwatch.sink.EventBatch;
import io.webwatch.sink.WriteResult;
import io.webwatch.test.SampleEvents;
import io.webwatch.test.sink.SinkWorker.Attempt;
import java.util.ArrayList;
import java.util.List;

/** The tests of a sink whose peer fails. */
final class PeerTests {
    private PeerTests() {}

    static void awayAtTheStart(Trial trial, Peer peer, Runnable away) throws Exception {
        away.run();
        boolean opened;
        try {
            trial.worker().open();
            opened = true;
        } catch (Exception e) {
            opened = false; // WebWatch would try again later
        }
        EventBatch first = trial.batch(SampleEvents.range(0, 20));
        if (opened) {
            assertRetriable(first, trial.worker().write(first));
        }
        peer.restore();
        trial.worker().deliver(List.of(first, trial.batch(SampleEvents.range(20, 20))));
        assertAllStored(trial);
    }

    static void awayInMidStream(Trial trial, Peer peer, Runnable away) throws Exception {
        trial.worker()
                .deliver(List.of(trial.batch(SampleEvents.range(0, 20)), trial.batch(SampleEvents.range(20, 20))));
        away.run();
        List<EventBatch> batches = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        int inFlight = Math.min(5, trial.worker().sink().maxInFlight());
        for (int i = 0; i < inFlight; i++) {
            EventBatch batch = trial.batch(SampleEvents.range(40 + i * 20L, 20));
            batches.add(batch);
            attempts.add(trial.worker().begin(batch));
        }
        attempts.forEach(
                attempt -> assertRetriable(attempt.batch(), trial.worker().end(attempt)));
        peer.restore();
        batches.add(trial.batch(SampleEvents.range(1000, 20)));
        trial.worker().deliver(batches);
        assertAllStored(trial);
    }

    static void backBetweenTwoWrites(Trial trial, Peer peer, Runnable away) throws Exception {
        trial.worker().deliver(List.of(trial.batch(SampleEvents.range(0, 20))));
        away.run();
        List<EventBatch> batches = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        int inFlight = Math.min(5, trial.worker().sink().maxInFlight());
        for (int i = 0; i < inFlight; i++) {
            EventBatch batch = trial.batch(SampleEvents.range(20 + i * 20L, 20));
            batches.add(batch);
            attempts.add(trial.worker().begin(batch));
        }
        assertRetriable(batches.get(0), trial.worker().end(attempts.get(0)));
        peer.restore();
        // The outcome of the later ones does not matter: they are repeated after the first one.
        attempts.forEach(attempt ->
                Results.assertNoneRejected(attempt.batch(), trial.worker().end(attempt)));
        batches.add(trial.batch(SampleEvents.range(1000, 20)));
        trial.worker().deliver(batches);
        assertAllStored(trial);
    }

    static void awayWhileClosing(Trial trial, Peer peer, Runnable away) throws Exception {
        trial.worker().deliver(List.of(trial.batch(SampleEvents.range(0, 20))));
        away.run();
        EventBatch open = trial.batch(SampleEvents.range(20, 20));
        Attempt attempt = trial.worker().begin(open);
        trial.closeSink();
        assertRetriable(open, trial.worker().end(attempt));
        peer.restore();
        trial.worker().deliver(List.of(open));
        assertAllStored(trial);
    }

    static void interruptedWhileAway(Trial trial, Peer peer, Runnable away) throws Exception {
        trial.worker().deliver(List.of(trial.batch(SampleEvents.range(0, 20))));
        away.run();
        EventBatch open = trial.batch(SampleEvents.range(20, 20));
        Attempt attempt = trial.worker().beginInterrupted(open);
        Results.assertNoneRejected(open, trial.worker().end(attempt));
        peer.restore();
        trial.worker().deliver(List.of(open, trial.batch(SampleEvents.range(40, 20))));
        assertAllStored(trial);
    }

    private static void assertRetriable(EventBatch batch, WriteResult result) {
        assertFalse(result.isWritten(), "Reported as written while the peer was unavailable.");
        Results.assertNoneRejected(batch, result);
        assertTrue(
                result.isAllRetriable() || result.failures().size() == batch.size(),
                () -> "Reported as partly written while the peer was unavailable: " + result);
        String reason = result.reason();
        assertTrue(reason != null && !reason.isBlank(), "The reason is missing.");
    }

    private static void assertAllStored(Trial trial) throws Exception {
        assertEquals(List.of(), trial.worker().rejections(), "Rejected, although a retry can succeed.");
        trial.assertStoredAtLeastOnce();
        trial.assertOrder();
    }
}

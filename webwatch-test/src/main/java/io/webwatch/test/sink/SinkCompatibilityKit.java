package io.webwatch.test.sink;

import static io.webwatch.test.sink.Results.assertNoneRejected;
import static io.webwatch.test.sink.Results.assertWritten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import io.webwatch.test.SampleEvents;
import io.webwatch.test.sink.SinkWorker.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests that every sink must pass. They check what {@link Sink} and {@link io.webwatch.sink.SinkFactory} require: order,
 * immutable batches, writes in flight, the outcome of each event, repeated batches, closing, interrupts, every type of event
 * and hostile text. If the harness has a peer that can fail, they also check that no event is lost or rejected during a
 * failure. Extend the class in the tests of a sink:
 *
 * <pre>{@code
 * class LineSinkCompatibilityTest extends SinkCompatibilityKit {
 *     @Override
 *     protected SinkHarness harness(Path directory) {
 *         return new LineSinkHarness(directory);
 *     }
 * }
 * }</pre>
 */
public abstract class SinkCompatibilityKit {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    @TempDir
    Path directory;

    /**
     * Creates a harness with an empty store. Called for each test.
     *
     * @param directory an empty directory for this test; also the data directory of the sink
     */
    protected abstract SinkHarness harness(Path directory) throws Exception;

    @Test
    void factory_isNamedAndAcceptsItsConfiguration() throws Exception {
        run(trial -> {
            assertTrue(
                    NAME.matcher(trial.factory().name()).matches(),
                    () -> "The name '" + trial.factory().name()
                            + "' must consist of lower-case letters, digits and dashes.");
            assertTrue(
                    trial.factory().isConfigured(trial.config()),
                    "The sink is not configured by the harness's configuration.");
            trial.factory().isConfigured(WebWatchConfig.defaults()); // must not throw
            trial.factory().validate(trial.config());
        });
    }

    @Test
    void maxInFlight_isAtLeastOneAndConstant() throws Exception {
        run(trial -> {
            Sink sink = trial.worker().open();
            int inFlight = sink.maxInFlight();
            assertTrue(inFlight >= 1, () -> "maxInFlight() must be at least 1, but is " + inFlight + ".");
            trial.write(SampleEvents.range(0, 10));
            assertEquals(inFlight, sink.maxInFlight(), "maxInFlight() has changed.");
        });
    }

    @Test
    void write_storesEveryEventOnce() throws Exception {
        run(trial -> {
            trial.worker().open();
            assertWritten(trial.write(SampleEvents.range(0, 100)));
            assertWritten(trial.write(SampleEvents.range(100, 1)));
            assertWritten(trial.write(SampleEvents.range(101, 1000)));
            trial.assertStoredOnce();
        });
    }

    @Test
    void write_ofEveryType_storesWhatTheEventSays() throws Exception {
        run(trial -> {
            trial.worker().open();
            List<Event> events = new ArrayList<>();
            for (EventType type : EventType.values()) {
                events.add(SampleEvents.of(events.size(), type, "plain"));
            }
            assertWritten(trial.write(events));
            trial.assertStoredOnce();
            trial.assertAttributes(events);
        });
    }

    @Test
    void write_ofHostileText_storesItVerbatim() throws Exception {
        run(trial -> {
            trial.worker().open();
            List<Event> events = new ArrayList<>();
            for (String text : HostileText.ALL) {
                List<Event> ofText = new ArrayList<>();
                for (EventType type : EventType.values()) {
                    ofText.add(SampleEvents.of(events.size() + ofText.size(), type, text));
                }
                assertWritten(trial.write(ofText));
                events.addAll(ofText);
            }
            trial.assertStoredOnce();
            trial.assertAttributes(events);
        });
    }

    @Test
    void write_ofBrokenSurrogates_losesNothing() throws Exception {
        run(trial -> {
            trial.worker().open();
            assertWritten(trial.write(List.of(
                    SampleEvents.of(0), SampleEvents.of(1, EventType.CUSTOM, "a\ud800b\udc00"), SampleEvents.of(2))));
            trial.assertStoredOnce();
        });
    }

    @Test
    void write_leavesTheBatchAsItIs() throws Exception {
        run(trial -> {
            trial.worker().open();
            EventBatch batch = trial.batch(SampleEvents.range(0, 50));
            List<Event> before = new ArrayList<>(batch.events());
            assertWritten(trial.worker().write(batch));
            trial.closeSink();
            assertEquals(before, batch.events(), "The sink has changed the batch, which other sinks read too.");
            assertEquals(
                    SampleEvents.range(0, 50),
                    batch.events(),
                    "The sink has changed events, which other sinks read too.");
        });
    }

    @Test
    void write_ofAsManyAsMayBeInFlight_keepsTheOrder() throws Exception {
        run(trial -> {
            int inFlight = trial.worker().open().maxInFlight();
            int rounds = Math.max(1, 12 / inFlight);
            long number = 0;
            for (int round = 0; round < rounds; round++) {
                List<Attempt> attempts = new ArrayList<>();
                for (int i = 0; i < Math.min(inFlight, 64); i++) {
                    attempts.add(trial.begin(SampleEvents.range(number, 20)));
                    number += 20;
                }
                attempts.forEach(attempt -> assertWritten(trial.worker().end(attempt)));
            }
            trial.assertStoredOnce();
            trial.assertOrder();
        });
    }

    @Test
    void repetition_ofABatch_addsNoEvent() throws Exception {
        run(trial -> {
            trial.worker().open();
            EventBatch batch = trial.batch(SampleEvents.range(0, 30));
            assertWritten(trial.worker().write(batch));
            assertWritten(trial.worker().write(batch));
            trial.assertStored();
        });
    }

    @Test
    void repetition_ofPartOfABatch_addsNoEvent() throws Exception {
        run(trial -> {
            trial.worker().open();
            EventBatch batch = trial.batch(SampleEvents.range(0, 30));
            assertWritten(trial.worker().write(batch));
            assertWritten(trial.worker()
                    .write(new EventBatch(
                            batch.log(), batch.position(), batch.events().subList(7, 19), batch.bytes())));
            assertWritten(trial.write(SampleEvents.range(30, 5)));
            trial.assertStored();
        });
    }

    @Test
    void repetition_afterARestart_addsNoEvent() throws Exception {
        run(trial -> {
            EventBatch batch = trial.batch(SampleEvents.range(0, 30));
            trial.worker().open();
            assertWritten(trial.worker().write(batch));
            trial.closeSink();
            trial.worker().open();
            assertWritten(trial.worker().write(batch));
            assertWritten(trial.write(SampleEvents.range(30, 5)));
            trial.assertStored();
        });
    }

    @Test
    void otherLog_isNotTakenForARepetition() throws Exception {
        run(trial -> {
            trial.worker().open();
            assertWritten(trial.write(SampleEvents.range(0, 10)));
            trial.closeSink();
            trial.newLog(); // as after a restart of the application, when positions start again
            trial.worker().open();
            assertWritten(trial.write(SampleEvents.range(10, 10)));
            trial.assertStoredOnce();
        });
    }

    @Test
    void close_keepsWhatWasWrittenAndIsPrompt() throws Exception {
        run(trial -> {
            trial.worker().open();
            assertWritten(trial.write(SampleEvents.range(0, 200)));
            trial.closeSink();
            trial.assertStoredOnce();
        });
    }

    @Test
    void close_withoutAWrite_isPrompt() throws Exception {
        run(trial -> {
            trial.worker().open();
            trial.closeSink();
            trial.assertStoredOnce();
        });
    }

    @Test
    void close_endsWhatWasBegun() throws Exception {
        run(trial -> {
            int inFlight = trial.worker().open().maxInFlight();
            List<Attempt> attempts = new ArrayList<>();
            for (int i = 0; i < Math.min(inFlight, 64); i++) {
                attempts.add(trial.begin(SampleEvents.range(i * 50L, 50)));
            }
            int stored = trial.stored().size();
            Set<String> reported = new HashSet<>();
            attempts.forEach(attempt -> {
                if (trial.worker().end(attempt).isWritten()) {
                    attempt.batch()
                            .events()
                            .forEach(event -> reported.add(event.id().toString()));
                }
            });
            trial.assertNothingFollows(stored);
            reported.removeAll(new HashSet<>(trial.stored()));
            assertEquals(Set.of(), reported, "These events were reported as written, but are not stored.");
        });
    }

    @Test
    void interrupt_endsTheWriteAndLeavesTheSinkUsable() throws Exception {
        run(trial -> {
            trial.worker().open();
            assertWritten(trial.write(SampleEvents.range(0, 10)));
            EventBatch batch = trial.batch(SampleEvents.range(10, 10));
            WriteResult result = trial.worker().end(trial.worker().beginInterrupted(batch));
            assertNoneRejected(batch, result);
            trial.worker().deliver(List.of(batch, trial.batch(SampleEvents.range(20, 10))));
            assertEquals(List.of(), trial.worker().rejections());
            trial.assertStored();
            trial.assertOrder();
        });
    }

    @TestFactory
    Stream<DynamicTest> unacceptableEvent() throws Exception {
        if (!has(harness -> harness.unacceptable(SampleEvents.of(0)).isPresent())) {
            return Stream.empty();
        }
        return Stream.of(
                dynamicTest(
                        "isRejectedWithoutTheOthers",
                        fresh(trial -> UnacceptableEventTests.rejectedWithoutTheOthers(trial, 1, 3))),
                dynamicTest(
                        "isRejectedAtBothEnds",
                        fresh(trial -> UnacceptableEventTests.rejectedWithoutTheOthers(trial, 0, 4))),
                dynamicTest("isRejectedAsTheOnlyEvent", fresh(UnacceptableEventTests::rejectedAsTheOnlyEvent)));
    }

    @TestFactory
    Stream<DynamicTest> failingPeer() throws Exception {
        if (!has(harness -> harness.peer().isPresent())) {
            return Stream.empty();
        }
        return Stream.of(
                onPeer("refuses_atTheStart", PeerTests::awayAtTheStart, Peer::refuse),
                onPeer("refuses_inMidStream", PeerTests::awayInMidStream, Peer::refuse),
                onPeer("refuses_andIsBackBetweenTwoWrites", PeerTests::backBetweenTwoWrites, Peer::refuse),
                onPeer("refuses_whileClosing", PeerTests::awayWhileClosing, Peer::refuse),
                onPeer("isSilent_atTheStart", PeerTests::awayAtTheStart, Peer::freeze),
                onPeer("isSilent_inMidStream", PeerTests::awayInMidStream, Peer::freeze),
                onPeer("isSilent_andIsBackBetweenTwoWrites", PeerTests::backBetweenTwoWrites, Peer::freeze),
                onPeer("isSilent_whileClosing", PeerTests::awayWhileClosing, Peer::freeze),
                onPeer("isSilent_whileInterrupted", PeerTests::interruptedWhileAway, Peer::freeze));
    }

    private DynamicTest onPeer(String name, PeerTest test, Consumer<Peer> away) {
        return dynamicTest(name, fresh(trial -> {
            Optional<Peer> peer = trial.harness().peer();
            try {
                test.run(trial, peer.orElseThrow(), () -> away.accept(peer.orElseThrow()));
            } finally {
                peer.orElseThrow().restore();
            }
        }));
    }

    private interface PeerTest {
        void run(Trial trial, Peer peer, Runnable away) throws Exception;
    }

    interface TrialTest {
        void run(Trial trial) throws Exception;
    }

    private void run(TrialTest test) throws Exception {
        Path own = Files.createTempDirectory(directory, "trial");
        Trial trial = new Trial(harness(own), own);
        try {
            test.run(trial);
        } finally {
            trial.end();
        }
    }

    private boolean has(Predicate<SinkHarness> ability) throws Exception {
        SinkHarness harness = harness(Files.createTempDirectory(directory, "has"));
        try {
            return ability.test(harness);
        } finally {
            harness.close();
        }
    }

    private Executable fresh(TrialTest test) {
        return () -> run(test);
    }
}

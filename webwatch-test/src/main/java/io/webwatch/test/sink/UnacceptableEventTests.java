package io.webwatch.test.sink;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.test.SampleEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tests of a sink whose store does not accept some events. */
final class UnacceptableEventTests {
    private UnacceptableEventTests() {}

    static void rejectedWithoutTheOthers(Trial trial, int first, int second) throws Exception {
        trial.worker().open();
        List<Event> events = new ArrayList<>(SampleEvents.range(0, 5));
        List<Event> good = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (i == first || i == second) {
                events.set(i, unacceptable(trial, events.get(i)));
            } else {
                good.add(events.get(i));
            }
        }
        trial.expect(good);
        EventBatch batch = trial.unwanted(events);
        Results.assertRejected(Set.of(first, second), batch, trial.worker().write(batch));
        Results.assertWritten(trial.write(SampleEvents.range(5, 5)));
        trial.assertStored();
    }

    static void rejectedAsTheOnlyEvent(Trial trial) throws Exception {
        trial.worker().open();
        EventBatch batch = trial.unwanted(List.of(unacceptable(trial, SampleEvents.of(0))));
        Results.assertRejected(Set.of(0), batch, trial.worker().write(batch));
        Results.assertWritten(trial.write(SampleEvents.range(1, 5)));
        trial.assertStoredOnce();
    }

    private static Event unacceptable(Trial trial, Event sample) {
        return trial.harness().unacceptable(sample).orElseThrow();
    }
}

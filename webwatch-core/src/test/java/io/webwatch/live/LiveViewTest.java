package io.webwatch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.fixture.TestEvents;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.EventBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private long now = Instant.parse("2026-03-10T10:00:30Z").toEpochMilli();
    private final DropCounters drops = new DropCounters();
    private final ThreadFailures.OfThread failures =
            new ThreadFailures(TimeSource.SYSTEM, (sentence, failure) -> {}).of("webwatch-sink-live", "");
    private final LiveView live = new LiveView(drops, () -> Instant.ofEpochMilli(now));

    @Test
    void snapshot_withoutEvents_isAllZero() {
        LiveSnapshot snapshot = live.snapshot();
        assertThat(snapshot.visitorsNow()).isZero();
        assertThat(snapshot.minutes()).hasSize(30).allMatch(minute -> minute.pageViews() == 0);
        assertThat(snapshot.recent()).isEmpty();
    }

    @Test
    void write_ofAnEventThatFails_countsTheOthersOnce() {
        Event broken = mock(Event.class);
        when(broken.type()).thenThrow(new StackOverflowError());
        write(TestEvents.pageView(1, "ann", "/a"), broken, TestEvents.pageView(2, "ann", "/b"));
        assertThat(live.snapshot().totals().pageViews()).isEqualTo(2);
        assertThat(drops.snapshot()).containsExactly(Map.entry(DropReason.LIVE_LAG, 1L));
        assertThat(failures.count()).isEqualTo(1);
    }

    @Test
    void snapshot_afterEvents_countsVisitorsPagesAndMinutes() {
        write(TestEvents.pageView(1, "ann", "/a"));
        write(TestEvents.pageView(2, "ann", "/b"), TestEvents.pageView(3, "bob", "/b"));
        LiveSnapshot snapshot = live.snapshot();
        assertThat(snapshot.visitorsNow()).isEqualTo(2);
        assertThat(snapshot.totals().pageViews()).isEqualTo(3);
        assertThat(snapshot.totals().sessions()).isEqualTo(2);
        assertThat(snapshot.minutes().get(29).pageViews()).isEqualTo(3);
        assertThat(snapshot.minutes().get(29).visitors()).isEqualTo(2);
        assertThat(snapshot.topPages().get(0)).isEqualTo(new LiveSnapshot.Page("/b", 2, 2));
        assertThat(snapshot.recent()).extracting(event -> event.id().sequence()).containsExactly(3L, 2L, 1L);
    }

    @Test
    void snapshot_asTimePasses_removesVisitorsAndShiftsTheMinutes() {
        write(TestEvents.pageView(1, "ann", "/a"));
        now += 61_000;
        write(TestEvents.pageView(2, "bob", "/b"));
        assertThat(live.snapshot().minutes().get(28).pageViews()).isEqualTo(1);
        assertThat(live.snapshot().visitorsNow()).isEqualTo(2);
        now += 5 * 60_000;
        assertThat(live.snapshot().visitorsNow()).isEqualTo(1);
        now += 40 * 60_000;
        assertThat(live.snapshot().visitorsNow()).isZero();
        assertThat(live.snapshot().minutes()).allMatch(minute -> minute.pageViews() == 0);
        assertThat(live.snapshot().totals().pageViews()).isEqualTo(2);
    }

    @Test
    void snapshot_eventsPerSecond_isTheMeanOfTenSeconds() {
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 5; i++) {
                write(TestEvents.pageView(i, "ann", "/a"));
            }
            now += 1_000;
        }
        assertThat(live.snapshot().eventsPerSecond()).isEqualTo(5.0);
    }

    @Test
    void snapshot_ofAFlood_staysBounded() {
        for (int i = 0; i < 40_000; i++) {
            write(TestEvents.pageView(i, "visitor-" + i, "/page-" + i));
        }
        LiveSnapshot snapshot = live.snapshot();
        assertThat(snapshot.visitorsNow()).isEqualTo(20_000);
        assertThat(snapshot.minutes().get(29).visitors()).isEqualTo(10_000);
        assertThat(snapshot.totals().visitors()).isEqualTo(40_000);
        assertThat(snapshot.recent()).hasSize(50);
        assertThat(snapshot.topPages()).hasSize(10);
    }

    @Test
    void snapshot_withoutChange_isReusedForASecond() {
        write(TestEvents.pageView(1, "ann", "/a"));
        LiveSnapshot first = live.snapshot();
        assertThat(live.snapshot()).isSameAs(first);
        write(TestEvents.pageView(2, "ann", "/a"));
        assertThat(live.snapshot().version()).isGreaterThan(first.version());
    }

    @Test
    void snapshot_containsTheDropCounts() {
        drops.add(DropReason.BUFFER_FULL, 7);
        assertThat(live.snapshot().dropped()).containsEntry(DropReason.BUFFER_FULL, 7L);
    }

    private void write(Event... events) {
        live.sink(failures::add).write(new EventBatch("log", 1, List.of(events), 1));
    }
}

package io.webwatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.DeliveryMode;
import io.webwatch.event.DropReason;
import io.webwatch.status.SinkStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sinks, disks and clocks that fail: a sink writes exactly the events that were sent, or counters explain the
 * difference.
 */
class OutageTest {
    private static final int EVENTS = 5;

    @TempDir
    private Path directory;

    /** A fixed clock: a session emits events only when it starts and at shutdown, so that losses can be predicted. */
    private static final InstantSource FIXED = InstantSource.fixed(Instant.parse("2026-05-01T12:00:00Z"));

    private final Set<String> in = new LinkedHashSet<>();
    private final List<WebWatch> running = new ArrayList<>();
    private FileSink sink;

    @BeforeEach
    void sink() {
        sink = new FileSink("sink", directory);
    }

    @AfterEach
    void close() {
        running.forEach(WebWatch::close);
    }

    @Test
    void sinkDown_forLongerThanMemoryHolds_receivesAllFromTheJournal() throws Exception {
        WebWatch webwatch = start(config("data").set(WebWatchProperties.BUFFER_MAX_BYTES, 1L << 20), sink);
        sink.down();
        publish(webwatch, "down", 8_000);
        assertThat(webwatch.status().journal().bytes()).isPositive();
        assertThat(webwatch.status().sinks().get(0).lag()).isPositive();
        sink.up();
        awaitDelivered(webwatch);
        publish(webwatch, "after", 100);
        awaitDelivered(webwatch);
        assertThat(sink.ids()).containsExactlyElementsOf(in);
        assertThat(webwatch.drops().snapshot()).isEmpty();
        await().until(() -> webwatch.status().journal().bytes() == 0);
    }

    @Test
    void shutdown_withTheSinkDown_deliversAfterTheNextStart() throws Exception {
        for (DeliveryMode delivery : DeliveryMode.values()) {
            WebWatch first = start(config("data").set(WebWatchProperties.DELIVERY, delivery), sink);
            sink.down();
            publish(first, "first-" + delivery, 500);
            first.close();
            assertThat(first.drops().snapshot()).isEmpty();
            WebWatch second = start(config("data").set(WebWatchProperties.DELIVERY, delivery), sink);
            publish(second, "second-" + delivery, 200);
            second.close();
            assertThat(second.drops().snapshot()).isEmpty();
            sink.up();
            WebWatch third = start(config("data").set(WebWatchProperties.DELIVERY, delivery), sink);
            publish(third, "third-" + delivery, 100);
            awaitDelivered(third);
            third.close();
            assertThat(sink.ids()).containsExactlyElementsOf(in);
        }
    }

    @Test
    void journal_thatIsFull_dropsTheOldestSegmentsAndCountsThem() throws Exception {
        WebWatch webwatch = start(
                config("data")
                        .set(WebWatchProperties.BUFFER_MAX_BYTES, 256L << 10)
                        .set(WebWatchProperties.JOURNAL_MAX_SIZE, 1L << 20),
                sink);
        publish(webwatch, "first", 1);
        await().until(() -> sink.sessions().size() == 1);
        sink.down();
        publish(webwatch, "burst", 20_000);
        assertThat(webwatch.status().journal().bytes()).isLessThanOrEqualTo(1L << 20);
        sink.up();
        awaitDelivered(webwatch);
        Copies copies = Copies.compare(in, sink.ids());
        assertThat(copies.missing()).isNotEmpty();
        assertThat(copies.strange()).isEmpty();
        assertThat(copies.extra()).isZero();
        assertThat(webwatch.drops().count(DropReason.SINK_LAG))
                .isEqualTo(copies.missing().size());
        assertThat(webwatch.status().sinks().get(0).dropped())
                .isEqualTo(webwatch.drops().count(DropReason.SINK_LAG));
    }

    @Test
    void journal_thatIsFullInDurableMode_refusesAndLosesNothing() throws Exception {
        WebWatch webwatch = start(
                config("data")
                        .set(WebWatchProperties.DELIVERY, DeliveryMode.DURABLE)
                        .set(WebWatchProperties.JOURNAL_MAX_SIZE, 1L << 20),
                sink);
        sink.down();
        Publisher publisher = new Publisher(webwatch);
        int refused = 0;
        for (long page = 0; refused < 100; page++) {
            if (publisher
                    .submit("burst", page, EVENTS)
                    .toCompletableFuture()
                    .get()
                    .isAccepted()) {
                in.addAll(Publisher.ids("burst", page, EVENTS));
            } else {
                refused++;
            }
        }
        assertThat(webwatch.drops().count(DropReason.JOURNAL_FULL)).isEqualTo(100L * EVENTS);
        assertThat(webwatch.status().accepted()).isEqualTo(in.size());
        sink.up();
        awaitDelivered(webwatch);
        await().until(() ->
                publisher.submit("after", 0, EVENTS).toCompletableFuture().get().isAccepted());
        in.addAll(Publisher.ids("after", 0, EVENTS));
        awaitDelivered(webwatch);
        assertThat(sink.ids()).containsExactlyElementsOf(in);
    }

    @Test
    void damagedSegments_loseOnlyTheirEventsAndCountThem() throws Exception {
        FileSink witness = new FileSink("witness", directory);
        WebWatch first = start(config("data"), sink, witness);
        sink.down();
        publish(first, "kept", 3_000);
        first.close();
        List<Path> segments = segments();
        assertThat(segments).isNotEmpty();
        Path segment = segments.get(0);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(file.length() / 3);
            int value = file.read();
            file.seek(file.length() / 3);
            file.write(value ^ 4);
            file.setLength(file.length() * 4 / 5);
        }
        sink.up();
        WebWatch second = start(config("data"), sink, witness);
        publish(second, "after", 100);
        awaitDelivered(second);
        assertThat(witness.ids()).containsExactlyElementsOf(in);
        Copies copies = Copies.compare(witness.lines(), sink.lines());
        System.out.println("A segment flipped and cut: " + copies);
        assertThat(copies.missing()).isNotEmpty().hasSizeLessThan(in.size() / 2);
        assertThat(copies.strange()).isEmpty();
        assertThat(copies.extra()).isZero();
        assertThat(second.drops().count(DropReason.JOURNAL_DAMAGED))
                .isEqualTo(copies.missing().size());
    }

    @Test
    void twoApplications_onOneDirectory_bothDeliver() throws Exception {
        FileSink other = new FileSink("other", directory);
        WebWatch first = start(config("data"), sink);
        publish(first, "first", 100);
        awaitDelivered(first);
        WebWatch second = start(config("data"), other);
        int before = in.size();
        publish(second, "second", 100);
        awaitDelivered(second);
        assertThat(sink.ids()).containsExactlyElementsOf(List.copyOf(in).subList(0, before));
        assertThat(other.ids()).containsExactlyElementsOf(List.copyOf(in).subList(before, in.size()));
        assertThat(second.status().journal().open()).isFalse();
        assertThat(second.status().journal().lastError()).contains("used by another application");

        WebWatch durable = start(config("data").set(WebWatchProperties.DELIVERY, DeliveryMode.DURABLE), other);
        Publisher publisher = new Publisher(durable);
        assertThat(publisher
                        .submit("third", 0, EVENTS)
                        .toCompletableFuture()
                        .get()
                        .refusal())
                .isEqualTo(DropReason.JOURNAL_FULL);
        second.close();
        first.close(); // releases the directory
        await().atMost(Duration.ofSeconds(30))
                .until(() -> publisher
                        .submit("third", 0, EVENTS)
                        .toCompletableFuture()
                        .get()
                        .isAccepted());
        in.addAll(Publisher.ids("third", 0, EVENTS));
        awaitDelivered(durable);
        assertThat(other.ids()).endsWith(Publisher.ids("third", 0, EVENTS).toArray(String[]::new));
    }

    @Test
    void clock_thatJumpsBackwards_neitherLosesNorDuplicatesEvents() throws Exception {
        AtomicLong now = new AtomicLong(Instant.parse("2026-05-01T12:00:00Z").toEpochMilli());
        InstantSource clock = () -> Instant.ofEpochMilli(now.getAndAdd(3));
        for (int run = 0; run < 3; run++) {
            WebWatch webwatch = WebWatch.builder()
                    .config(config("data").build())
                    .clock(clock)
                    .sink(sink)
                    .start();
            running.add(webwatch);
            for (int jump = 0; jump < 4; jump++) {
                publish(webwatch, "jump" + run + jump, 200);
                now.addAndGet(-Duration.ofHours(2).toMillis());
            }
            sink.down();
            publish(webwatch, "last" + run, 100);
            webwatch.close();
            assertThat(webwatch.drops().snapshot()).isEmpty();
            sink.up();
        }
        WebWatch last = WebWatch.builder()
                .config(config("data").build())
                .clock(clock)
                .sink(sink)
                .start();
        running.add(last);
        awaitDelivered(last);
        Copies copies = Copies.compare(in, sink.ids());
        assertThat(copies.missing()).isEmpty();
        assertThat(copies.strange()).isEmpty();
        assertThat(sink.nanos()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(in.size());
    }

    @Test
    void failingSink_doesNotDelayTheOthers() throws Exception {
        FileSink failing = new FileSink("failing", directory);
        FileSink third = new FileSink("third", directory);
        failing.down();
        WebWatch webwatch =
                start(config("data").set(WebWatchProperties.BUFFER_MAX_BYTES, 1L << 20), sink, failing, third);
        publish(webwatch, "page", 6_000);
        await().until(() -> sink.ids().size() == in.size() && third.ids().size() == in.size());
        assertThat(failing.ids()).isEmpty();
        assertThat(webwatch.status().sinks())
                .extracting(SinkStatus::state)
                .containsExactly(SinkStatus.State.RUNNING, SinkStatus.State.RETRYING, SinkStatus.State.RUNNING);
        failing.up();
        await().until(() -> failing.ids().size() == in.size());
        for (FileSink each : List.of(sink, failing, third)) {
            assertThat(each.ids()).containsExactlyElementsOf(in);
        }
        assertThat(webwatch.drops().snapshot()).isEmpty();
    }

    @Test
    void newSink_doesNotReceiveWhatWasKeptForAnother() throws Exception {
        WebWatch first = start(config("data"), sink);
        sink.down();
        publish(first, "old", 100);
        first.close();
        FileSink added = new FileSink("added", directory);
        sink.up();
        WebWatch second = start(config("data"), sink, added);
        int before = in.size();
        publish(second, "new", 100);
        awaitDelivered(second);
        assertThat(sink.ids()).containsExactlyElementsOf(in);
        assertThat(added.ids()).containsExactlyElementsOf(List.copyOf(in).subList(before, in.size()));
    }

    @Test
    void removedSink_losesOnlyWhatWasKeptForItAndIsCountedOnce() throws Exception {
        for (DeliveryMode delivery : DeliveryMode.values()) {
            String data = "data-" + delivery;
            FileSink kept = new FileSink("kept-" + delivery, directory);
            FileSink removed = new FileSink("removed-" + delivery, directory);
            FileSink witness = new FileSink("witness-" + delivery, directory);
            in.clear();
            WebWatch first = start(config(data).set(WebWatchProperties.DELIVERY, delivery), kept, removed, witness);
            publish(first, "both-" + delivery, 60);
            awaitDelivered(first);
            kept.down();
            removed.down();
            publish(first, "left-" + delivery, 100);
            first.close();
            assertThat(first.drops().snapshot()).isEmpty();

            WebWatch second = start(config(data).set(WebWatchProperties.DELIVERY, delivery), kept);
            await().until(() -> second.drops().count(DropReason.SINK_REMOVED) > 0);
            assertThat(witness.ids()).containsExactlyElementsOf(in);
            assertThat(second.drops().count(DropReason.SINK_REMOVED))
                    .isEqualTo(Copies.compare(witness.lines(), removed.lines())
                            .missing()
                            .size());
            second.close();

            kept.up();
            removed.up();
            WebWatch third = start(config(data).set(WebWatchProperties.DELIVERY, delivery), kept);
            awaitDelivered(third);
            assertThat(kept.ids()).containsExactlyElementsOf(in);
            assertThat(third.drops().snapshot()).isEmpty();
            third.close();
        }
    }

    @Test
    void removedSink_thatHasEverything_losesNothing() throws Exception {
        FileSink removed = new FileSink("removed", directory);
        WebWatch first = start(config("data"), sink, removed);
        sink.down();
        publish(first, "page", 100);
        await().until(() -> removed.ids().size() == in.size());
        first.close();
        sink.up();
        WebWatch second = start(config("data"), sink);
        awaitDelivered(second);
        assertThat(sink.ids()).containsExactlyElementsOf(in);
        assertThat(second.drops().snapshot()).isEmpty();
    }

    private WebWatchConfig.Builder config(String data) {
        return WebWatchConfig.builder()
                .set(WebWatchProperties.DATA_DIRECTORY, directory.resolve(data))
                .set(WebWatchProperties.BATCH_LINGER, Duration.ofMillis(5))
                .set(WebWatchProperties.BATCH_MAX_EVENTS, 100)
                .set(WebWatchProperties.RETRY_INITIAL, Duration.ofMillis(10))
                .set(WebWatchProperties.RETRY_MAX, Duration.ofMillis(50));
    }

    private WebWatch start(WebWatchConfig.Builder config, FileSink... sinks) {
        WebWatch.Builder builder = WebWatch.builder().config(config.build()).clock(FIXED);
        for (FileSink each : sinks) {
            builder.sink(each);
        }
        WebWatch webwatch = builder.start();
        running.add(webwatch);
        return webwatch;
    }

    /** Sends pages one after another, not faster than the buffer can take them. */
    private void publish(WebWatch webwatch, String prefix, int pages) {
        Publisher publisher = new Publisher(webwatch);
        for (long page = 0; page < pages; page++) {
            long number = page;
            while (webwatch.status().buffer().usedBytes()
                    > webwatch.status().buffer().maxBytes() / 2) {
                Thread.onSpinWait();
            }
            assertThat(publisher
                            .submit(prefix, number, EVENTS)
                            .toCompletableFuture()
                            .join()
                            .isAccepted())
                    .isTrue();
            in.addAll(Publisher.ids(prefix, number, EVENTS));
        }
    }

    private static void awaitDelivered(WebWatch webwatch) {
        // The lag is complete only after the first attempt to open the journal, and the batcher may hold an open batch.
        await().until(() -> webwatch.status().journal().open()
                || webwatch.status().journal().lastError() != null);
        await().during(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(30))
                .until(() -> webwatch.status().buffer().used() == 0
                        && webwatch.status().sinks().stream().allMatch(status -> status.lag() == 0));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/journal"))) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }
}

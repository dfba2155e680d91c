package io.webwatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application is killed with signal 9; after its restart, the events that it owes must arrive. */
class KillTest {
    private static final int ROUNDS = Boolean.getBoolean("tests.full") ? 20 : 3;
    private static final int EVENTS = 3;

    @TempDir
    private Path directory;

    @Test
    void kill_inDurableMode_losesNoAcknowledgedEvent() throws Exception {
        Random random = new Random();
        FileSink sink = new FileSink("sink", directory);
        Set<String> acknowledged = new LinkedHashSet<>();
        Set<String> sent = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            String prefix = "round" + round;
            if (random.nextBoolean()) {
                sink.down();
            } else {
                sink.up();
            }
            try (ApplicationProcess application = start("durable")) {
                application.send("stream " + prefix + " 8");
                List<String> pages = new ArrayList<>();
                int enough = 50 + random.nextInt(1_500);
                while (pages.size() < enough) {
                    pages.add(application.line());
                }
                pages.addAll(application.kill());
                pages.forEach(page -> acknowledged.addAll(ids(prefix, page)));
                long last = pages.stream().mapToLong(Long::parseLong).max().orElseThrow();
                for (long page = 0; page <= last + 8; page++) { // including those in progress when it was killed
                    sent.addAll(Publisher.ids(prefix, page, EVENTS));
                }
            }
        }
        sink.up();
        Map<String, Long> drops;
        try (ApplicationProcess application = start("durable")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> lag(application) == 0);
            drops = application.stop();
        }
        Copies copies = Copies.compare(acknowledged, sink.ids());
        Copies beyond = Copies.compare(sent, sink.ids());
        System.out.println("Durable, " + ROUNDS + " kills: " + acknowledged.size() + " acknowledged, " + copies);
        assertThat(copies.missing()).isEmpty();
        assertThat(beyond.strange()).isEmpty();
        assertThat(drops).doesNotContainKeys("sink_lag", "shutdown", "internal");
    }

    @Test
    void restart_inDurableMode_recognisesAcknowledgedEvents() throws Exception {
        FileSink sink = new FileSink("sink", directory);
        int pages = 300;
        try (ApplicationProcess application = start("durable")) {
            assertThat(application.ask("publish twice " + pages + " " + EVENTS)).startsWith("900 ");
            application.kill();
        }
        try (ApplicationProcess application = start("durable")) {
            assertThat(application.ask("publish twice " + pages + " " + EVENTS))
                    .startsWith("900 "); // acknowledged, and recognised as duplicates
            assertThat(application.ask("publish other " + pages + " " + EVENTS)).startsWith("900 ");
            assertThat(application.stop()).containsEntry("duplicate", 900L);
        }
        try (ApplicationProcess application = start("durable")) { // after an orderly shutdown as well
            assertThat(application.ask("publish other " + pages + " " + EVENTS)).startsWith("900 ");
            assertThat(application.stop()).containsEntry("duplicate", 900L);
        }
        Set<String> in = new LinkedHashSet<>();
        for (long page = 0; page < pages; page++) {
            in.addAll(Publisher.ids("twice", page, EVENTS));
            in.addAll(Publisher.ids("other", page, EVENTS));
        }
        Copies copies = Copies.compare(in, sink.ids());
        assertThat(copies.missing()).isEmpty();
        assertThat(copies.strange()).isEmpty();
        System.out.println("Durable, sent again after a restart: " + copies);
    }

    @Test
    void kill_inFastMode_losesOnlyWhatWasNeitherDeliveredNorJournalled() throws Exception {
        FileSink sink = new FileSink("sink", directory);
        sink.down();
        Set<String> early = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        try (ApplicationProcess application = start("fast")) {
            application.send("publish early 2000 3");
            assertThat(application.line()).startsWith("6000 ");
            // Events that have waited for two seconds are journalled, although memory has room for all of them.
            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> {
                        long now = journalled(application);
                        return now > 0 && before.getAndSet(now) == now;
                    });
            application.send("stream late 2");
            for (int i = 0; i < 5_000; i++) {
                all.addAll(ids("late", application.line()));
            }
            application.kill().forEach(page -> all.addAll(ids("late", page)));
        }
        for (long page = 0; page < 2_000; page++) {
            early.addAll(Publisher.ids("early", page, EVENTS));
        }
        all.addAll(early);
        sink.up();
        Map<String, Long> drops;
        try (ApplicationProcess application = start("fast")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> lag(application) == 0);
            drops = application.stop();
        }
        Copies copies = Copies.compare(all, sink.ids());
        System.out.println("Fast, killed with the sink down: " + all.size() + " accepted, " + copies);
        assertThat(Copies.compare(early, sink.ids()).missing()).isEmpty();
        // An event takes more than 256 bytes in the ring and in the log; each is limited to 16 MB.
        assertThat(copies.missing().size()).isLessThan((32 << 20) / 256);
        assertThat(drops).doesNotContainKeys("sink_lag", "shutdown", "internal", "journal_damaged");
    }

    private static Set<String> ids(String prefix, String page) {
        return new LinkedHashSet<>(Publisher.ids(prefix, Long.parseLong(page), EVENTS));
    }

    private static long lag(ApplicationProcess application) throws Exception {
        return Long.parseLong(application.ask("status").split(" ")[1]);
    }

    private static long journalled(ApplicationProcess application) throws Exception {
        return Long.parseLong(application.ask("status").split(" ")[0]);
    }

    private ApplicationProcess start(String delivery) throws Exception {
        return ApplicationProcess.start(directory, "webwatch.delivery=" + delivery, "webwatch.batch.linger=20ms");
    }
}

package io.webwatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the journal is full while the sink is down: the application keeps working, and every loss is counted.
 */
class DiskFullTest {
    private static final int EVENTS = 5;

    @TempDir
    private Path directory;

    private LimitedDisk disk;
    private FileSink sink;

    @BeforeEach
    void mount() throws Exception {
        disk = new LimitedDisk(directory.resolve("data"));
        sink = new FileSink("sink", directory);
    }

    @AfterEach
    void unmount() throws Exception {
        disk.close();
    }

    @Test
    void diskFull_inFastMode_countsLossesAndJournalsAgainAfterwards() throws Exception {
        Set<String> in = new LinkedHashSet<>();
        try (ApplicationProcess application = ApplicationProcess.start(
                disk.command(),
                directory,
                Application.FIXED_CLOCK,
                "webwatch.buffer.max-bytes=1MB",
                "webwatch.batch.max-events=50",
                "webwatch.batch.linger=5ms",
                "webwatch.collector.rate-limit=0")) {
            publish(application, "first", 1, in);
            await().until(() -> sink.sessions().size() == 1); // the session emits its next event when all is over
            sink.down();
            AtomicInteger round = new AtomicInteger();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                long accepted = publish(application, "full" + round.getAndIncrement(), 2_000, in);
                assertThat(accepted)
                        .as("the application accepts events as before")
                        .isPositive();
                return application.drops().containsKey("sink_lag");
            });
            assertThat(application.ask("status")).containsAnyOf("No space left", "File too large");

            disk.enlarge(application);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> application.ask("status").endsWith("null"));
            publish(application, "room", 1_000, in);
            sink.up();
            await().atMost(Duration.ofSeconds(60)).until(() -> lag(application) == 0);
            Map<String, Long> drops = application.stop();
            Copies copies = Copies.compare(in, sink.ids());
            System.out.println("Disk full, fast: " + in.size() + " accepted, " + copies + ", " + drops);
            assertThat(copies.strange()).isEmpty();
            assertThat(drops).containsEntry("sink_lag", (long) copies.missing().size());
            assertThat(copies.missing()).noneMatch(id -> id.startsWith("room"));
            assertThat(drops).doesNotContainKeys("internal", "shutdown");
        }
    }

    @Test
    void diskFull_inDurableMode_refusesAndLosesNothing() throws Exception {
        sink.down();
        Set<String> in = new LinkedHashSet<>();
        try (ApplicationProcess application = ApplicationProcess.start(
                disk.command(), directory, "webwatch.delivery=durable", "webwatch.collector.rate-limit=0")) {
            long accepted = 0;
            long refusedRounds = 0;
            int round = 0;
            while (refusedRounds < 3) {
                String prefix = "round" + round++;
                String[] answer =
                        application.ask("publish " + prefix + " 200 " + EVENTS).split(" ");
                accepted += Long.parseLong(answer[0]);
                refusedRounds += answer[0].equals("0") ? 1 : 0;
                for (int i = 1; i < answer.length; i++) {
                    in.addAll(Publisher.ids(prefix, Long.parseLong(answer[i]), EVENTS));
                }
            }
            assertThat(in).hasSize((int) accepted).isNotEmpty();
            assertThat(application.drops().get("journal_full")).isPositive();
            disk.enlarge(application);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                String[] answer = application.ask("publish again 1 " + EVENTS).split(" ");
                return answer[0].equals("5");
            });
            in.addAll(Publisher.ids("again", 0, EVENTS));
            application.kill();
        }
        sink.up();
        try (ApplicationProcess application = ApplicationProcess.start(directory, "webwatch.delivery=durable")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> lag(application) == 0);
            Map<String, Long> drops = application.stop();
            Copies copies = Copies.compare(in, sink.ids());
            System.out.println("Disk full, durable: " + in.size() + " acknowledged, " + copies + ", " + drops);
            assertThat(copies.missing()).isEmpty();
            assertThat(drops).doesNotContainKeys("sink_lag", "internal", "shutdown");
        }
    }

    private static long publish(ApplicationProcess application, String prefix, long pages, Set<String> in)
            throws Exception {
        String[] answer = application
                .ask("publish " + prefix + " " + pages + " " + EVENTS)
                .split(" ");
        for (int i = 1; i < answer.length; i++) {
            in.addAll(Publisher.ids(prefix, Long.parseLong(answer[i]), EVENTS));
        }
        return Long.parseLong(answer[0]);
    }

    private static long lag(ApplicationProcess application) throws Exception {
        return Long.parseLong(application.ask("status").split(" ")[1]);
    }
}

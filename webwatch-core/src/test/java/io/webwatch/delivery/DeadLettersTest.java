package io.webwatch.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.fixture.RandomEvents;
import io.webwatch.fixture.TestEvents;
import io.webwatch.log.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final DropCounters drops = new DropCounters();
    private DataDirectory directory;
    private DeadLetters letters;

    @BeforeEach
    void open() {
        directory = new DataDirectory(folder);
        letters = new DeadLetters(directory, 64 << 20, () -> NOW, drops);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void letter_isAReadableLineOfJson() throws IOException {
        letters.add("kafka", "The record is 2 MB long.", TestEvents.pageView(7, "visitor", "/a"));

        assertThat(Files.readAllLines(folder.resolve("dead-letters.jsonl")))
                .singleElement()
                .asString()
                .startsWith(
                        "{\"time\":\"2026-05-01T12:00:00Z\",\"sink\":\"kafka\",\"reason\":\"The record is 2 MB long.\","
                                + "\"event\":{\"id\":\"page-view.7\",\"type\":\"page_view\",");
    }

    @Test
    void resubmit_passesTheSameEventsToTheirSinks() throws IOException {
        List<Event> events = new RandomEvents(3, false).batch(200);
        for (int i = 0; i < events.size(); i++) {
            letters.add(i % 2 == 0 ? "kafka" : "duckdb", "\"quoted\"\n", events.get(i));
        }
        Map<String, List<Event>> handed = new HashMap<>();
        List<Runnable> settled = new ArrayList<>();
        letters.takeAll();

        int count = letters.resubmit((sink, of, done) -> {
            handed.put(sink, of);
            settled.add(done);
            return true;
        });

        assertThat(count).isEqualTo(200);
        for (int i = 0; i < events.size(); i++) {
            assertThat(handed.get(i % 2 == 0 ? "kafka" : "duckdb").get(i / 2)).isEqualTo(events.get(i));
        }
        assertThat(letters.hasResubmitted()).isTrue();
        settled.forEach(Runnable::run);
        assertThat(letters.hasResubmitted()).isFalse();
        assertThat(letters.bytes()).isZero();
    }

    @Test
    void resubmit_toAnUnknownSink_makesThemDeadLettersAgain() throws IOException {
        letters.add("gone", "no", TestEvents.pageView(1, "visitor", "/"));
        letters.takeAll();

        assertThat(letters.resubmit((sink, of, done) -> false)).isZero();

        assertThat(letters.hasResubmitted()).isFalse();
        assertThat(Files.readAllLines(folder.resolve("dead-letters.jsonl")))
                .singleElement()
                .asString()
                .contains("There is no sink with this name.", "page-view.1");
    }

    @Test
    void resubmit_ofLinesThatAreNotLetters_copiesThemToAnotherFile() throws IOException {
        letters.add("kafka", "no", TestEvents.pageView(1, "visitor", "/"));
        letters.takeAll();
        Path file = folder.resolve("dead-letters.resubmit.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(0, "{\"sink\":\"kafka\",\"event\":{\"id\":\"broken\"}}");
        lines.add("not JSON");
        Files.write(file, lines);

        assertThat(letters.resubmit((sink, of, done) -> true)).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("dead-letters.unreadable.jsonl")))
                .containsExactly(lines.get(0), "not JSON");
    }

    @Test
    void letters_aboveTheSizeLimit_deleteAndCountTheOldest() throws IOException {
        letters = new DeadLetters(directory, 64 << 10, () -> NOW, drops);
        for (int i = 0; i < 1_000; i++) {
            letters.add("kafka", "no", TestEvents.pageView(i, "visitor", "/"));
        }
        List<String> kept = new ArrayList<>();
        kept.addAll(Files.readAllLines(folder.resolve("dead-letters.1.jsonl")));
        kept.addAll(Files.readAllLines(folder.resolve("dead-letters.jsonl")));

        assertThat(letters.bytes()).isLessThanOrEqualTo(64 << 10);
        assertThat(drops.count(DropReason.DEAD_LETTER)).isEqualTo(1_000 - kept.size());
        assertThat(kept.get(kept.size() - 1)).contains("page-view.999");
        assertThat(kept.get(0)).contains("page-view." + (1_000 - kept.size()) + "\"");
    }

    @Test
    void letters_withoutADirectory_areCounted() throws IOException {
        DataDirectory none =
                new DataDirectory(Files.createFile(folder.resolve("file")).resolve("below"));
        letters = new DeadLetters(none, 1 << 20, () -> NOW, drops);

        letters.add("kafka", "no", TestEvents.pageView(1, "visitor", "/"));

        assertThat(drops.count(DropReason.DEAD_LETTER)).isEqualTo(1);
    }
}

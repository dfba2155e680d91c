package io.webwatch.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.fixture.ManualTime;
import io.webwatch.fixture.TestEvents;
import io.webwatch.journal.CursorFile;
import io.webwatch.journal.Journal;
import io.webwatch.journal.Place;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink's cursor continues in the journal of an earlier run. */
class CursorBacklogTest {
    @TempDir
    private Path directory;

    private final BatchLog log = new BatchLog("second", 1_000, new ManualTime());
    private final Cursor sink = log.cursor("sink");
    private Journal journal;

    @BeforeEach
    void journalThreeBatches() throws IOException {
        try (Journal earlier = Journal.open(directory, "first", 1 << 20, true, CursorFile.Known.NOTHING)) {
            for (long position = 1; position <= 3; position++) {
                earlier.append(new EventBatch("first", position, TestEvents.range(position, position), 100));
            }
        }
        journal = Journal.open(directory, "second", 1 << 20, true, CursorFile.Known.NOTHING);
        log.expectJournal();
    }

    @AfterEach
    void close() throws IOException {
        log.closeReaders();
        journal.close();
    }

    @Test
    void next_beforeTheJournalIsOpen_returnsNothing() throws Exception {
        log.append(TestEvents.range(4, 4), 100);

        assertThat(sink.next(0)).isNull();
        assertThat(log.cursor().isAtEnd()).isFalse();
    }

    @Test
    void next_readsTheBacklogAndThenTheLog() throws Exception {
        log.append(TestEvents.range(4, 4), 100);
        open(doneUpTo(1));

        assertThat(read()).isEqualTo("first 2");
        assertThat(read()).isEqualTo("first 3");
        assertThat(read()).isEqualTo("second 1");
        assertThat(sink.next(0)).isNull();
    }

    @Test
    void lag_includesTheBacklogUntilItIsDone() throws Exception {
        open(doneUpTo(1));
        assertThat(sink.lag()).isEqualTo(2);

        sink.done(sink.next(0));
        assertThat(sink.lag()).isEqualTo(1);
        assertThat(log.donePlaces()).containsEntry("sink", new Place(1, 2));

        sink.done(sink.next(0));
        assertThat(sink.next(0)).isNull();
        assertThat(sink.lag()).isZero();
        assertThat(log.donePlaces()).containsEntry("sink", new Place(2, 0));
    }

    @Test
    void journalOpened_withoutStoredCursors_readsAllOfTheBacklog() throws Exception {
        open(CursorFile.Known.NOTHING);

        assertThat(read()).isEqualTo("first 1");
    }

    @Test
    void journalOpened_forANewSink_skipsTheBacklog() throws Exception {
        open(new CursorFile.Known(1, Map.of(1L, 3L), Map.of("other", new Place(1, 1))));

        assertThat(sink.next(0)).isNull();
        assertThat(sink.lag()).isZero();
    }

    @Test
    void segmentDropped_whileTheSinkReadsIt_countsWhatWasNotRead() throws Exception {
        open(CursorFile.Known.NOTHING);
        List<String> read = new ArrayList<>();
        List<Long> lost = new ArrayList<>();
        journal.onDrop(segment -> {
            if (read.isEmpty()) {
                read.add(readAtOnce()); // at the last moment before the segment is dropped
            }
            log.segmentDropped(segment);
            lost.add(sink.takeLosses().evicted());
        });
        for (long position = 1; read.isEmpty(); position++) {
            journal.append(new EventBatch("second", position, TestEvents.range(4, 103), 100));
        }

        assertThat(read).containsExactly("first 1");
        assertThat(lost).startsWith(2L); // further segments may be dropped to make room
    }

    private String readAtOnce() {
        try {
            return read();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void open(CursorFile.Known known) {
        log.journalOpened(journal, known);
    }

    private static CursorFile.Known doneUpTo(long position) {
        return new CursorFile.Known(1, Map.of(1L, 3L), Map.of("sink", new Place(1, position)));
    }

    private String read() throws InterruptedException {
        EventBatch batch = sink.next(0);
        assertThat(batch).isNotNull();
        return batch.log() + " " + batch.position();
    }
}

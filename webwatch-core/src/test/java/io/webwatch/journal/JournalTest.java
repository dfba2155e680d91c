package io.webwatch.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.event.Event;
import io.webwatch.fixture.TestEvents;
import io.webwatch.sink.EventBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final long MAX_SIZE = 1 << 20;
    private static final int PER_BATCH = 10;
    private static final int ROUNDS = Boolean.getBoolean("tests.full") ? 100 : 30;

    @TempDir
    private Path directory;

    @Test
    void read_returnsAppendedBatchesInOrder() throws IOException {
        try (Journal journal = open("log-a", MAX_SIZE, false)) {
            List<EventBatch> batches = fill(journal, "log-a", 1, 300);

            assertThat(journal.segmentCount()).isGreaterThan(1);
            assertThat(read(journal, Place.START)).isEqualTo(batches);
        }
    }

    @Test
    void open_afterARestart_keepsTheIdentityOfBatches() throws IOException {
        List<EventBatch> batches;
        try (Journal journal = open("log-a", MAX_SIZE, false)) {
            batches = fill(journal, "log-a", 1, 300);
        }
        try (Journal journal = open("log-b", MAX_SIZE, false)) {
            batches.addAll(fill(journal, "log-b", 1, 20));

            assertThat(read(journal, Place.START)).isEqualTo(batches);
            assertThat(read(journal, new Place(1, 250))).isEqualTo(batches.subList(250, 320));
            assertThat(read(journal, new Place(2, 15))).isEqualTo(batches.subList(315, 320));
            assertThat(journal.generationOf("log-a")).isEqualTo(1);
        }
    }

    @Test
    void append_aboveTheSizeLimit_dropsTheOldestSegmentAndReportsIt() throws IOException {
        List<Segment> dropped = new ArrayList<>();
        try (Journal journal = open("log-a", MAX_SIZE, true)) {
            journal.onDrop(dropped::add);
            List<EventBatch> batches = fill(journal, "log-a", 1, 3_000);

            assertThat(journal.size()).isLessThanOrEqualTo(MAX_SIZE);
            long lost = dropped.stream().mapToLong(Segment::events).sum();
            List<EventBatch> left = read(journal, Place.START);
            assertThat(lost).isPositive();
            assertThat(lost + (long) left.size() * PER_BATCH).isEqualTo((long) batches.size() * PER_BATCH);
            assertThat(left).isEqualTo(batches.subList(batches.size() - left.size(), batches.size()));
            assertThat(sizeOnDisk()).isEqualTo(journal.size());
        }
    }

    @Test
    void append_aboveTheSizeLimitWhenNothingMayBeDropped_fails() throws IOException {
        try (Journal journal = open("log-a", MAX_SIZE, false)) {
            assertThatThrownBy(() -> fill(journal, "log-a", 1, 3_000)).isInstanceOf(Journal.FullException.class);
            int kept = read(journal, Place.START).size();
            assertThat(journal.size()).isLessThanOrEqualTo(MAX_SIZE);

            journal.release(new Place(1, kept / 2));
            fill(journal, "log-a", 5_000, 5_010);

            assertThat(read(journal, new Place(1, 4_999))).hasSize(11);
        }
    }

    @Test
    void release_deletesOnlySegmentsBeforeThePlace() throws IOException {
        try (Journal journal = open("log-a", MAX_SIZE, false)) {
            List<EventBatch> batches = fill(journal, "log-a", 1, 600);
            journal.release(new Place(1, 500));

            assertThat(read(journal, new Place(1, 500))).isEqualTo(batches.subList(500, 600));
            assertThat(read(journal, Place.START).get(0).position()).isBetween(2L, 501L);

            journal.roll();
            journal.release(Place.END);
            assertThat(files()).isEmpty();
            assertThat(journal.size()).isZero();

            fill(journal, "log-a", 601, 610);
            assertThat(read(journal, Place.START)).hasSize(10);
        }
    }

    @Test
    void discardUnsynced_removesBatchesThatWereNotForced() throws IOException {
        try (Journal journal = open("log-a", MAX_SIZE, false)) {
            List<EventBatch> batches = fill(journal, "log-a", 1, 10);
            journal.sync();
            fill(journal, "log-a", 11, 20);
            journal.discardUnsynced();
            batches.addAll(fill(journal, "log-a", 21, 25));

            assertThat(read(journal, Place.START)).isEqualTo(batches);
        }
        try (Journal journal = open("log-b", MAX_SIZE, false)) {
            assertThat(read(journal, Place.START)).hasSize(15);
        }
    }

    @Test
    void reader_ofAGrowingJournal_continuesWhereItWas() throws IOException {
        try (Journal journal = open("log-a", MAX_SIZE, false);
                JournalReader reader = new JournalReader(journal)) {
            long read = 0;
            for (int round = 0; round < 50; round++) {
                fill(journal, "log-a", round * 10 + 1, round * 10 + 10);
                for (EventBatch batch = reader.next(new Place(1, read), Place.END);
                        batch != null;
                        batch = reader.next(new Place(1, read), Place.END)) {
                    assertThat(batch.position()).isEqualTo(++read);
                }
            }
            assertThat(read).isEqualTo(500);
            assertThat(reader.takeDamaged()).isZero();
        }
    }

    @Test
    void reader_ofASegmentThatIsDeletedBeforeItIsOpened_continuesWithTheNextOne() throws IOException {
        try (Journal journal = open("log-a", MAX_SIZE, true);
                JournalReader reader = new JournalReader(journal)) {
            List<Long> expected = new ArrayList<>();
            List<EventBatch> read = new ArrayList<>();
            journal.onDrop(segment -> {
                segment.markDropped();
                if (read.isEmpty()) {
                    expected.add(segment.lastPosition + 1);
                    read.add(deleteAndRead(segment, reader));
                }
            });
            fill(journal, "log-a", 1, 3_000);

            assertThat(read).doesNotContainNull();
            assertThat(read).extracting(EventBatch::position).isEqualTo(expected);
        }
    }

    private static EventBatch deleteAndRead(Segment segment, JournalReader reader) {
        try {
            Files.delete(segment.path);
            return reader.next(Place.START, Place.END);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bitFlipAnywhere_losesOnlyTheDamagedBatchesAndCountsThem() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 2 * ROUNDS; round++) {
            writeTwoRuns();
            Path victim = anyFile(random);
            try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
                long at = (long) (random.nextDouble() * file.length());
                file.seek(at);
                int value = file.read();
                file.seek(at);
                file.write(value ^ 1 << random.nextInt(8));
            }
            assertAllExplained("flip " + round, 3 * PER_BATCH);
        }
    }

    @Test
    void truncationAnywhere_losesTheEndOfTheSegmentAndCountsIt() throws IOException {
        Random random = new Random(8);
        for (int round = 0; round < ROUNDS; round++) {
            writeTwoRuns();
            Path victim = anyFile(random);
            try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
                file.setLength((long) (random.nextDouble() * file.length()));
            }
            assertAllExplained("cut " + round, Integer.MAX_VALUE);
        }
    }

    @Test
    void garbageInTheMiddle_isSkipped() throws IOException {
        Random random = new Random(9);
        for (int round = 0; round < 50; round++) {
            writeTwoRuns();
            Path victim = anyFile(random);
            try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
                byte[] garbage = new byte[random.nextInt(5_000) + 1];
                random.nextBytes(garbage);
                file.seek((long) (random.nextDouble() * Math.max(1, file.length() - garbage.length)));
                file.write(garbage);
            }
            assertAllExplained("garbage " + round, Integer.MAX_VALUE);
        }
    }

    private void writeTwoRuns() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
        try (Journal journal = open("log-a", MAX_SIZE, false)) {
            fill(journal, "log-a", 1, 200);
        }
        try (Journal second = open("log-b", MAX_SIZE, false)) {
            fill(second, "log-b", 1, 150);
        }
    }

    /** Asserts that every event is either read, unchanged and once, or counted as damaged. */
    private void assertAllExplained(String what, int most) throws IOException {
        CursorFile.Known known = new CursorFile.Known(2, Map.of(1L, 200L * PER_BATCH, 2L, 150L * PER_BATCH), Map.of());
        try (Journal journal = Journal.open(directory, "log-c", MAX_SIZE, false, known);
                JournalReader reader = new JournalReader(journal)) {
            List<EventBatch> read = new ArrayList<>();
            Place after = Place.START;
            for (EventBatch batch = reader.next(after, Place.END);
                    batch != null;
                    batch = reader.next(after, Place.END)) {
                read.add(batch);
                after = reader.place();
            }
            long damaged = reader.takeDamaged();
            assertThat(read.size() * PER_BATCH + damaged).as(what).isEqualTo(350L * PER_BATCH);
            assertThat(damaged).as(what).isLessThanOrEqualTo(most);
            TreeSet<String> places = new TreeSet<>();
            for (EventBatch batch : read) {
                assertThat(batch.events()).as(what).isEqualTo(events(batch.position()));
                assertThat(places.add(batch.log() + batch.position())).as(what).isTrue();
            }
        }
    }

    private Path anyFile(Random random) throws IOException {
        List<Path> files = files();
        return files.get(random.nextInt(files.size()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private long sizeOnDisk() throws IOException {
        long size = 0;
        for (Path file : files()) {
            size += Files.size(file);
        }
        return size;
    }

    private Journal open(String log, long maxSize, boolean dropsOldest) throws IOException {
        return Journal.open(directory, log, maxSize, dropsOldest, CursorFile.Known.NOTHING);
    }

    private static List<Event> events(long position) {
        return TestEvents.range(position * PER_BATCH, position * PER_BATCH + PER_BATCH - 1);
    }

    private static List<EventBatch> fill(Journal journal, String log, long from, long to) throws IOException {
        List<EventBatch> batches = new ArrayList<>();
        for (long position = from; position <= to; position++) {
            EventBatch batch = new EventBatch(log, position, events(position), 5_000);
            journal.append(batch);
            batches.add(batch);
        }
        return batches;
    }

    private static List<EventBatch> read(Journal journal, Place after) throws IOException {
        List<EventBatch> batches = new ArrayList<>();
        try (JournalReader reader = new JournalReader(journal)) {
            Place place = after;
            for (EventBatch batch = reader.next(place, Place.END);
                    batch != null;
                    batch = reader.next(place, Place.END)) {
                batches.add(batch);
                place = reader.place();
            }
        }
        return batches;
    }
}

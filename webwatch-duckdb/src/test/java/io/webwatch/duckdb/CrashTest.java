package io.webwatch.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it writes. Everything that it committed must be in the file exactly once. */
class CrashTest {
    private static final int ROUNDS = Boolean.getBoolean("tests.full") ? 20 : 5;

    @TempDir
    private Path directory;

    @Test
    void kill_losesAndDuplicatesNoCommittedBatch() throws Exception {
        Random random = new Random(11);
        StoreFile file = new StoreFile(directory);
        for (int round = 1; round <= ROUNDS; round++) {
            long printed = writeAndKill(random);

            long committed = file.number("SELECT max(position) FROM cursor");
            assertThat(committed).as("round %s", round).isGreaterThanOrEqualTo(printed);
            assertExact(file, committed);
        }

        long before = file.number("SELECT max(position) FROM cursor");
        try (DuckDbStore store = file.open()) {
            for (long position = 1; position <= before + 10; position++) {
                assertThat(StoreFile.write(store, NumberedBatches.batch(position))
                                .isWritten())
                        .isTrue();
            }
        }
        assertExact(file, before + 10);
    }

    @Test
    void truncatedWriteAheadLog_losesWholeBatchesOnly() throws Exception {
        Random random = new Random(12);
        StoreFile file = new StoreFile(directory);
        writeAndKill(random);
        Path log = directory.resolve("webwatch.duckdb.wal");
        long length = Files.size(log);
        for (int cut = 1; cut <= 10; cut++) {
            StoreFile torn = new StoreFile(Files.createDirectory(directory.resolve("torn" + cut)));
            Files.copy(file.path(), torn.path());
            Path tornLog = torn.directory().resolve("webwatch.duckdb.wal");
            Files.copy(log, tornLog);
            truncate(tornLog, length - 1 - random.nextInt((int) (length / 2)));

            torn.open().close();

            assertExact(torn, torn.number("SELECT coalesce(max(position), 0) FROM cursor"));
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
    }

    /** Starts the writer at position 1, kills it some batches after the known ones, and returns the last printed position. */
    private long writeAndKill(Random random) throws Exception {
        StoreFile file = new StoreFile(directory);
        long known = Files.exists(file.path()) ? file.number("SELECT max(position) FROM cursor") : 0;
        try (ChildJvm writer = new ChildJvm(NumberedBatches.class, directory.toString())) {
            return killAfter(writer, known + 1 + random.nextInt(60));
        }
    }

    private static long killAfter(ChildJvm writer, long enough) throws Exception {
        long printed = 0;
        while (printed < enough) {
            printed = Long.parseLong(Objects.requireNonNull(writer.line(), "The writer ended without being killed."));
        }
        writer.kill();
        return printed;
    }

    private static void assertExact(StoreFile file, long committed) throws Exception {
        assertThat(file.number("SELECT count(*) FROM events")).isEqualTo(NumberedBatches.sizeUpTo(committed));
        assertThat(file.number("SELECT count(DISTINCT (id_page_view, sequence)) FROM events"))
                .isEqualTo(NumberedBatches.sizeUpTo(committed));
        assertThat(file.number("SELECT count(*) FROM (SELECT page_view FROM events GROUP BY page_view"
                        + " HAVING count(*) <> 1 + page_view::BIGINT * 37 % 200)"))
                .isZero();
        assertThat(file.number("SELECT count(*) FROM sessions")).isEqualTo(committed == 0 ? 0 : 1);
        assertThat(file.number("SELECT coalesce(max(pages), 0) FROM sessions")).isEqualTo(committed);
    }
}

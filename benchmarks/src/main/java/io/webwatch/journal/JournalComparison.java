package io.webwatch.journal;

import com.squareup.tape2.QueueFile;
import io.webwatch.benchmarks.Batches;
import io.webwatch.sink.EventBatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Compares how many batches per second the journal, and libraries that could replace it, write safely to disk: forced one
 * by one, and in groups as in durable mode. Each writes the same bytes with its own framing and checksums, and the rounds
 * of the candidates alternate. Run by {@code benchmarks/journals}.
 */
final class JournalComparison {
    private static final int PAGES = 10;
    private static final int BATCHES = 400;
    private static final int GROUP = 8;
    private static final int ARTEMIS_FILE = 16 << 20;

    private final List<EventBatch> batches = new ArrayList<>();
    private final Path root;

    private JournalComparison(Path root) {
        this.root = root;
        for (int i = 0; i < BATCHES; i++) {
            batches.add(new EventBatch("comparison", i + 1L, Batches.events(PAGES), 64_000));
        }
    }

    /** A journal to compare. */
    private interface Candidate extends Closeable {
        void append(EventBatch batch, boolean force) throws Exception;
    }

    /** Opens a candidate in an empty directory. */
    private interface Opening {
        Candidate open(Path directory) throws Exception;
    }

    private static final Map<String, Opening> CANDIDATES = new LinkedHashMap<>();

    static {
        CANDIDATES.put("WebWatch", Ours::new);
        CANDIDATES.put("Artemis journal (NIO)", Artemis::new);
        CANDIDATES.put("H2 MVStore", Store::new);
        CANDIDATES.put("Tape", Tape::new);
    }

    /**
     * Runs the comparison.
     *
     * @param arguments number of rounds (default 5), directory for the files (default: the temporary directory)
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        Path root = arguments.length > 1 ? Path.of(arguments[1]) : Path.of(System.getProperty("java.io.tmpdir"));
        JournalComparison comparison = new JournalComparison(Files.createTempDirectory(root, "webwatch-journals"));
        try {
            comparison.compare(rounds);
        } finally {
            delete(comparison.root);
        }
    }

    private void compare(int rounds) throws Exception {
        System.out.printf(
                "%d batches of %d events, each %d bytes on disk%n",
                BATCHES,
                batches.get(0).size(),
                EventBinary.encode(batches.get(0).events()).length);
        for (int group : new int[] {1, GROUP}) {
            Map<String, double[]> rates = new LinkedHashMap<>();
            for (int round = -1; round < rounds; round++) { // the first round warms up
                for (Map.Entry<String, Opening> candidate : CANDIDATES.entrySet()) {
                    double rate = rate(candidate.getValue(), group);
                    rates.computeIfAbsent(candidate.getKey(), name -> new double[rounds])[Math.max(0, round)] = rate;
                }
            }
            double ours = median(rates.get("WebWatch"));
            rates.forEach((name, all) -> System.out.printf(
                    "forced every %d: %-22s %,8.0f batches/s (%,.0f to %,.0f), %.2f relative to WebWatch%n",
                    group,
                    name,
                    median(all),
                    Arrays.stream(all).min().orElse(0),
                    Arrays.stream(all).max().orElse(0),
                    median(all) / ours));
        }
    }

    private double rate(Opening opening, int group) throws Exception {
        Path directory = Files.createTempDirectory(root, "one");
        try (Candidate candidate = opening.open(directory)) {
            long start = System.nanoTime();
            for (int i = 0; i < BATCHES; i++) {
                candidate.append(batches.get(i), (i + 1) % group == 0);
            }
            return BATCHES * 1e9 / (System.nanoTime() - start);
        } finally {
            delete(directory);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static final class Ours implements Candidate {
        private final Journal journal;

        Ours(Path directory) throws IOException {
            journal = Journal.open(directory, "comparison", 256 << 20, false, CursorFile.Known.NOTHING);
        }

        @Override
        public void append(EventBatch batch, boolean force) throws IOException {
            journal.append(batch);
            if (force) {
                journal.sync();
            }
        }

        @Override
        public void close() throws IOException {
            journal.close();
        }
    }

    private static final class Artemis implements Candidate {
        private final NIOSequentialFileFactory files;
        private final JournalImpl journal;

        Artemis(Path directory) throws Exception {
            files = new NIOSequentialFileFactory(directory.toFile(), 1);
            journal = new JournalImpl(ARTEMIS_FILE, 2, 2, 0, 0, files, "journal", "log", 1);
            journal.start();
            journal.loadInternalOnly();
        }

        @Override
        public void append(EventBatch batch, boolean force) throws Exception {
            journal.appendAddRecord(batch.position(), (byte) 1, EventBinary.encode(batch.events()), force);
        }

        @Override
        public void close() throws IOException {
            try {
                journal.stop();
                files.stop();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    private static final class Store implements Candidate {
        private final MVStore store;
        private final MVMap<Long, byte[]> map;

        Store(Path directory) {
            store = new MVStore.Builder()
                    .fileName(directory.resolve("store").toString())
                    .autoCommitDisabled()
                    .open();
            map = store.openMap("batches");
        }

        @Override
        public void append(EventBatch batch, boolean force) {
            map.put(batch.position(), EventBinary.encode(batch.events()));
            if (force) {
                store.commit();
                store.sync();
            }
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** Forces every batch, because the library has no other mode. */
    private static final class Tape implements Candidate {
        private final QueueFile file;

        Tape(Path directory) throws IOException {
            file = new QueueFile.Builder(directory.resolve("queue").toFile())
                    .zero(false)
                    .build();
        }

        @Override
        public void append(EventBatch batch, boolean force) throws IOException {
            file.add(EventBinary.encode(batch.events()));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

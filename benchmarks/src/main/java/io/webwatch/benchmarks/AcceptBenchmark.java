package io.webwatch.benchmarks;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.wire.BatchDecoder;
import io.webwatch.wire.MalformedBatchException;
import io.webwatch.wire.WireBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the time of a request thread for a batch of ten events, from its bytes to the ring, and that of decoding only.
 * The batcher runs on the other processor, with a sink that does nothing. Refused batches are counted, because they are
 * decoded too.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class AcceptBenchmark {
    private final BatchDecoder decoder = new BatchDecoder();
    private final ClientFacts[] clients = Batches.clients(1_000);
    private final byte[] body = Batches.body();
    private final int digits = Batches.digitsOf(body);
    private long next;

    /** A running WebWatch. */
    @State(Scope.Benchmark)
    public static class Running {
        private final Path directory = temporary();
        private final WebWatch webwatch = WebWatch.builder()
                .config(WebWatchConfig.builder()
                        .set(WebWatchProperties.DATA_DIRECTORY, directory)
                        .build())
                .sink(new BenchmarkSink())
                .start();

        private static Path temporary() {
            try {
                return Files.createTempDirectory("webwatch-benchmark");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @TearDown
        public void close() throws IOException {
            webwatch.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Numbers of accepted and refused batches. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Outcome {
        public long accepted;
        public long refused;
    }

    @Setup
    public void warmClients() {
        next = System.nanoTime() % 1_000_000_000L;
    }

    @Benchmark
    public Acceptance webwatch(Running running, Outcome outcome) {
        Batches.number(body, digits, next++);
        Acceptance acceptance = running.webwatch.accept(body, 0, body.length, clients[(int) (next % clients.length)]);
        if (acceptance.isAccepted()) {
            outcome.accepted++;
        } else {
            outcome.refused++;
        }
        return acceptance;
    }

    @Benchmark
    public WireBatch decodeOnly() throws MalformedBatchException {
        Batches.number(body, digits, next++);
        return decoder.decode(body, 0, body.length);
    }
}

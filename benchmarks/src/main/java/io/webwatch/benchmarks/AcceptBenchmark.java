package io.webwatch.benchmarks;

import io.webwatch.request.Acceptance;
import io.webwatch.WebWatch;
import io.webwatch.wire.BatchDecoder;
import io.webwatch.request.ClientFacts;
import io.webwatch.wire.MalformedBatchException;
import io.webwatch.wire.WireBatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
 * What a request thread spends on a batch of ten events, from its bytes into the ring, beside decoding alone. The batcher
 * runs on the other processor, with a sink that does nothing. Refused batches are counted beside the time: they cost
 * their decoding too.
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

    /** The library at work. */
    @State(Scope.Benchmark)
    public static class Running {
        private final Path directory = temporary();
        private final WebWatch webwatch = WebWatch.builder()
                .config(WebWatchConfig.builder()
                        .set(WebWatchProperties.DATA_DIRECTORY, directory)
                        .build())
                .sink(new NoOp())
                .start();

        private static Path temporary() {
            try {
                return Files.createTempDirectory("webwatch-benchmark");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
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

    /** What became of the batches. */
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
    public WireBatch decodeAlone() throws MalformedBatchException {
        Batches.number(body, digits, next++);
        return decoder.decode(body, 0, body.length);
    }

    /** Takes every batch at once. */
    private static final class NoOp implements SinkFactory, Sink {
        private static final CompletionStage<WriteResult> WRITTEN =
                CompletableFuture.completedFuture(WriteResult.written());

        @Override
        public String name() {
            return "no-op";
        }

        @Override
        public boolean isConfigured(WebWatchConfig config) {
            return true;
        }

        @Override
        public Sink create(SinkContext context) {
            return this;
        }

        @Override
        public CompletionStage<WriteResult> write(EventBatch batch) {
            return WRITTEN;
        }

        @Override
        public void close() {}
    }
}

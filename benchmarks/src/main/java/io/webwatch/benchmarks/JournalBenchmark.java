package io.webwatch.benchmarks;

import io.webwatch.codec.BatchDecoder;
import io.webwatch.codec.EventBinary;
import io.webwatch.codec.EventJson;
import io.webwatch.codec.MalformedBatchException;
import io.webwatch.codec.Submission;
import io.webwatch.codec.WireBatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.enrich.Enricher;
import io.webwatch.enrich.StateFile;
import io.webwatch.event.DropCounters;
import io.webwatch.event.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The journal's form of a batch of a thousand events, beside the documented JSON of the same events. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class JournalBenchmark {
    private static final int PAGES = 100;

    private List<Event> events = List.of();
    private byte[] binary = {};
    private List<byte[]> json = List.of();

    @Setup
    public void prepare() {
        events = events();
        binary = writeBinary();
        json = writeJson();
    }

    /** What the tracker of a hundred pages sends, as the batcher makes it. */
    private static List<Event> events() {
        List<Event> events = new ArrayList<>();
        long now = 1_790_000_000_000L;
        Enricher enricher = new Enricher(
                WebWatchConfig.defaults(),
                StateFile.none(),
                Enricher.loadUserAgents(),
                new DropCounters(),
                now,
                System::nanoTime);
        enricher.to(events::add);
        byte[] body = Batches.body();
        for (int page = 0; page < PAGES; page++) {
            Batches.number(body, Batches.digitsOf(body), page);
            WireBatch batch;
            try {
                batch = new BatchDecoder().decode(body, 0, body.length);
            } catch (MalformedBatchException e) {
                throw new IllegalStateException(e);
            }
            enricher.enrich(
                    new Submission(batch.context(), batch.events(), Batches.clients(PAGES)[page], now, 4_000, null),
                    now);
        }
        return events;
    }

    static long binaryBytes() {
        return EventBinary.encode(events()).length;
    }

    static long jsonBytes() {
        return events().stream()
                .mapToLong(event -> EventJson.bytes(event).length)
                .sum();
    }

    @Benchmark
    public byte[] writeBinary() {
        return EventBinary.encode(events);
    }

    @Benchmark
    public List<Event> readBinary() throws IOException {
        return EventBinary.decode(binary);
    }

    @Benchmark
    public List<byte[]> writeJson() {
        return events.stream().map(EventJson::bytes).toList();
    }

    @Benchmark
    public List<Event> readJson() throws IOException {
        List<Event> read = new ArrayList<>();
        for (byte[] event : json) {
            read.add(EventJson.read(event));
        }
        return read;
    }
}

package io.webwatch.benchmarks;

import io.webwatch.event.Event;
import io.webwatch.journal.EventBinary;
import io.webwatch.json.EventJson;
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

/** Compares the journal's format of a batch of a thousand events with the documented JSON of the same events. */
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
        events = Batches.events(PAGES);
        binary = writeBinary();
        json = writeJson();
    }

    static long binaryBytes() {
        return EventBinary.encode(Batches.events(PAGES)).length;
    }

    static long jsonBytes() {
        return Batches.events(PAGES).stream()
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

package io.webwatch.influxdb;

import com.influxdb.client.write.Point;
import io.webwatch.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Compares encoding a batch of events to bytes of line protocol with the official client, which encodes the same points to
 * Strings. The client's points are built beforehand, so that only their encoding is measured.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LineBenchmark {
    /** Points of a batch. */
    public static final int POINTS = 100;

    @Param({"10", "1"})
    public int eventsOfAPageView;

    private final LineEncoder encoder = new LineEncoder(5_000);
    private List<Event> events = List.of();
    private List<Point> points = List.of();

    /** Creates the events and the points, and checks that their encodings are equal. */
    @Setup
    public void setUp() {
        events = BenchmarkEvents.of(POINTS, eventsOfAPageView);
        points = events.stream().map(BenchmarkEvents::point).toList();
        encoder.encode(events);
        for (int i = 0; i < POINTS; i++) {
            String ours = new String(
                    encoder.array(), encoder.start(i), encoder.end(i) - encoder.start(i) - 1, StandardCharsets.UTF_8);
            String theirs = points.get(i).toLineProtocol();
            if (!sorted(ours).equals(sorted(theirs))) {
                throw new IllegalStateException("The points differ:\n" + ours + '\n' + theirs);
            }
        }
    }

    /** Returns tags and fields in alphabetical order. No value contains a separator. */
    private static List<String> sorted(String line) {
        return Arrays.stream(line.split("[, ]")).sorted().toList();
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public byte[] webwatch() {
        encoder.encode(events);
        return encoder.array();
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public void influxdbClient(Blackhole blackhole) {
        for (int i = 0; i < points.size(); i++) {
            blackhole.consume(points.get(i).toLineProtocol());
        }
    }
}

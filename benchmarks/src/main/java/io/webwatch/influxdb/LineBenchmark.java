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
 * Line protocol of a batch of events to bytes, beside the official client's of the same points to Strings. The client's
 * points are built beforehand, so that its time is that of encoding alone.
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

    /** Makes both and sees to it that they are the same points. */
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
                throw new IllegalStateException("These are not the same point:\n" + ours + '\n' + theirs);
            }
        }
    }

    /** Tags and fields in one order; no value holds a separator. */
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

package io.webwatch.benchmarks;

import static io.webwatch.benchmarks.Comparison.Budget.atLeast;
import static io.webwatch.benchmarks.Comparison.Budget.atMost;

import io.webwatch.influxdb.LineBenchmark;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The suites: which benchmarks are compared, with their budgets. */
final class Suites {
    /** Not zero, because JMH itself allocates a little in each iteration. */
    private static final double NO_ALLOCATION = 0.1;

    private Suites() {}

    static List<String> ring(boolean quick) throws RunnerException {
        List<String> rows = new ArrayList<>();
        for (int producers : new int[] {1, 2, 4}) {
            for (int idle : new int[] {500, 0}) {
                String path = "publish, " + producers + (producers == 1 ? " producer" : " producers")
                        + (idle > 0 ? ", consumer works between drains" : ", consumer polls");
                Rounds run = Rounds.of(
                        quick,
                        RingBenchmark.class,
                        List.of("webwatch", "jctools", "disruptor"),
                        producers,
                        "idle=" + idle);
                List<Double> ours = run.scores("webwatch");
                rows.add(new Comparison(path, "JCTools", "M/s", ours, run.scores("jctools"), atLeast(0.95)).row());
                rows.add(new Comparison(path, "Disruptor", "M/s", ours, run.scores("disruptor"), atLeast(1.5)).row());
                rows.add(Comparison.row(path + ": garbage", run.allocation("webwatch"), "B", atMost(NO_ALLOCATION)));
            }
        }
        Rounds wake = Rounds.of(quick, WakeBenchmark.class, List.of("offerThatWakes", "offerToAParkingConsumer"), 0);
        rows.add(report("the offer that wakes a parked consumer", wake, "offerThatWakes"));
        rows.add(report("average offer, consumer woken by every 512th", wake, "offerToAParkingConsumer"));
        return rows;
    }

    static List<String> decode(boolean quick) throws RunnerException {
        Rounds decode = Rounds.of(quick, DecodeBenchmark.class, List.of("webwatch", "jackson"), 0);
        Rounds enrich = Rounds.of(quick, EnrichBenchmark.class, List.of("webwatch"), 0);
        return List.of(
                new Comparison(
                                "decode and check a batch of 10 events",
                                "jackson-core tokens",
                                "ns",
                                decode.scores("webwatch"),
                                decode.scores("jackson"),
                                atMost(1.25))
                        .row(),
                Comparison.row(
                        "enrich an event", Comparison.geometricMean(enrich.scores("webwatch")), "ns", atMost(1_000)));
    }

    static List<String> accept(boolean quick) throws RunnerException {
        Rounds run = Rounds.of(quick, AcceptBenchmark.class, List.of("webwatch", "decodeOnly"), 0);
        double ours = Comparison.geometricMean(run.scores("webwatch"));
        double decoding = Comparison.geometricMean(run.scores("decodeOnly"));
        return List.of(
                Comparison.row("accept a batch of 10 events: bytes to ring", ours, "ns"),
                Comparison.row("decoding only", decoding, "ns"),
                Comparison.row("ratio of the two", ours / decoding, ""));
    }

    static List<String> lines(boolean quick) throws RunnerException {
        List<String> rows = new ArrayList<>();
        for (int events : new int[] {10, 1}) {
            String path = "line protocol, 100 points, " + events + " per page view";
            Rounds run = Rounds.of(
                    quick,
                    LineBenchmark.class,
                    List.of("webwatch", "influxdbClient"),
                    0,
                    "eventsOfAPageView=" + events);
            rows.add(new Comparison(
                            path,
                            "Point.toLineProtocol",
                            "M points/s",
                            rates(run.scores("webwatch")),
                            rates(run.scores("influxdbClient")),
                            atLeast(8))
                    .row());
            rows.add(Comparison.row(path + ": garbage", run.allocation("webwatch"), "B", atMost(NO_ALLOCATION)));
        }
        return rows;
    }

    private static List<Double> rates(List<Double> nanosOfAPoint) {
        return nanosOfAPoint.stream().map(nanos -> 1_000 / nanos).toList();
    }

    static List<String> journal(boolean quick) throws RunnerException {
        Rounds run = Rounds.of(
                quick, JournalBenchmark.class, List.of("writeBinary", "writeJson", "readBinary", "readJson"), 0);
        long binary = JournalBenchmark.binaryBytes();
        long json = JournalBenchmark.jsonBytes();
        return List.of(
                new Comparison(
                                "write a batch of 1 000 events",
                                "JSON",
                                "us",
                                run.scores("writeBinary"),
                                run.scores("writeJson"),
                                atMost(1))
                        .row(),
                new Comparison(
                                "read the batch",
                                "JSON",
                                "us",
                                run.scores("readBinary"),
                                run.scores("readJson"),
                                atMost(1))
                        .row(),
                Comparison.row("size of an event", binary / 1_000.0, "B"),
                Comparison.row("size of an event in JSON", json / 1_000.0, "B"));
    }

    private static String report(String path, Rounds run, String peer) {
        return Comparison.row(path, Comparison.geometricMean(run.scores(peer)), "ns");
    }
}

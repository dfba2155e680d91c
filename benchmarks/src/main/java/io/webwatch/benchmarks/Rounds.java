package io.webwatch.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs peers in alternation, with one fork each per round. A change of the machine's load then affects all peers, and each
 * round gives a separate ratio.
 */
final class Rounds {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final int rounds;
    private final boolean quick;
    private final List<String> parameters;
    private final Map<String, List<Double>> scores = new LinkedHashMap<>();
    private final Map<String, Double> allocations = new LinkedHashMap<>();

    private Rounds(int rounds, boolean quick, List<String> parameters) {
        this.rounds = rounds;
        this.quick = quick;
        this.parameters = parameters;
    }

    /**
     * Runs all rounds.
     *
     * @param benchmark the class of the benchmarks
     * @param peers methods or groups of the class
     * @param producers number of publishing threads of a group, which also has one consumer; 0 if the peers are methods
     * @param parameters parameters of the form {@code name=value}
     */
    static Rounds of(boolean quick, Class<?> benchmark, List<String> peers, int producers, String... parameters)
            throws RunnerException {
        Rounds run = new Rounds(quick ? 2 : 6, quick, List.of(parameters));
        for (int round = 1; round <= run.rounds; round++) {
            for (String peer : peers) {
                run.add(peer, run.fork(benchmark, peer, producers), producers > 0);
                System.err.printf(
                        "%s.%s producers=%d %s round %d: %s%n",
                        benchmark.getSimpleName(), peer, producers, run.parameters, round, run.scores.get(peer));
            }
        }
        return run;
    }

    List<Double> scores(String peer) {
        return scores.getOrDefault(peer, List.of());
    }

    /** Returns the allocated bytes per operation, the minimum of all rounds. */
    double allocation(String peer) {
        return allocations.getOrDefault(peer, Double.NaN);
    }

    private Collection<RunResult> fork(Class<?> benchmark, String peer, int producers) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\." + peer + "$")
                .forks(1)
                .warmupIterations(quick ? 3 : 5)
                .warmupTime(TimeValue.milliseconds(producers > 0 ? 300 : 1_000))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(300))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms1g", "-Xmx1g");
        if (producers > 0) {
            // The threads of a group are in the order of the names of its methods: drain, then publish.
            options.threadGroups(1, producers);
        }
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            options.param(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return new Runner(options.build()).run();
    }

    @SuppressWarnings("rawtypes") // declared so by JMH
    private void add(String peer, Collection<RunResult> results, boolean grouped) {
        for (RunResult result : results) {
            Result<?> score = result.getPrimaryResult();
            for (Map.Entry<String, Result> secondary :
                    result.getSecondaryResults().entrySet()) {
                if (grouped && secondary.getKey().startsWith("publish")) {
                    score = secondary.getValue();
                }
                if (secondary.getKey().endsWith(ALLOCATION)) {
                    allocations.merge(peer, secondary.getValue().getScore(), Math::min);
                }
            }
            scores.computeIfAbsent(peer, key -> new ArrayList<>()).add(score.getScore());
        }
    }
}

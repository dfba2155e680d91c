package io.webwatch.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs suites of benchmarks and their peers, and prints a table with ratios and budgets.
 *
 * <p>Arguments: {@code ring}, {@code decode}, {@code accept}, {@code journal}, {@code lines} or {@code all}, and {@code --quick}.
 */
public final class Main {
    private Main() {}

    /** Prints the tables. */
    public static void main(String[] args) throws RunnerException {
        List<String> suites = new ArrayList<>(Arrays.asList(args));
        boolean quick = suites.remove("--quick");
        if (suites.isEmpty() || suites.contains("all")) {
            suites = List.of("ring", "decode", "accept", "journal", "lines");
        }
        List<String> lines = new ArrayList<>();
        for (String suite : suites) {
            lines.addAll(
                    switch (suite) {
                        case "ring" -> Suites.ring(quick);
                        case "decode" -> Suites.decode(quick);
                        case "accept" -> Suites.accept(quick);
                        case "journal" -> Suites.journal(quick);
                        case "lines" -> Suites.lines(quick);
                        default ->
                            throw new IllegalArgumentException(
                                    "Unknown suite '" + suite + "'. Use ring, decode, accept, journal, lines or all.");
                    });
        }
        System.out.println();
        System.out.println(Comparison.HEADER);
        lines.forEach(System.out::println);
    }
}

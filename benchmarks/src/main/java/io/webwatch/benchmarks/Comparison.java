package io.webwatch.benchmarks;

import java.util.List;
import java.util.Locale;

/** Two series of scores, measured in alternation, and the budget for their ratio. */
record Comparison(String path, String peer, String unit, List<Double> ours, List<Double> theirs, Budget budget) {
    static final String HEADER =
            "| path | WebWatch | peer | ratio (95 % interval) | budget | |\n| --- | --- | --- | --- | --- | --- |";

    /** A bound for WebWatch's score divided by the peer's. */
    record Budget(boolean atLeast, double bound) {
        static Budget atLeast(double bound) {
            return new Budget(true, bound);
        }

        static Budget atMost(double bound) {
            return new Budget(false, bound);
        }

        boolean isMetBy(double value) {
            return atLeast ? value >= bound : value <= bound;
        }

        @Override
        public String toString() {
            return (atLeast ? "≥ " : "≤ ") + bound;
        }
    }

    String row() {
        double[] logarithms = new double[Math.min(ours.size(), theirs.size())];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = Math.log(ours.get(i) / theirs.get(i));
        }
        double mean = mean(logarithms);
        double margin = margin(logarithms, mean);
        return String.format(
                Locale.ROOT,
                "| %s | %.1f %s | %s %.1f %s | %.2f (%.2f – %.2f) | %s | %s |",
                path,
                geometricMean(ours),
                unit,
                peer,
                geometricMean(theirs),
                unit,
                Math.exp(mean),
                Math.exp(mean - margin),
                Math.exp(mean + margin),
                budget,
                budget.isMetBy(Math.exp(mean)) ? "pass" : "miss");
    }

    /** Returns the row of a value that has a bound but no peer. */
    static String row(String path, double value, String unit, Budget budget) {
        return String.format(
                Locale.ROOT,
                "| %s | %.3f %s | – | – | %s | %s |",
                path,
                value,
                unit,
                budget,
                budget.isMetBy(value) ? "pass" : "miss");
    }

    /** Returns the row of a value without a bound. */
    static String row(String path, double value, String unit) {
        return String.format(Locale.ROOT, "| %s | %.1f %s | – | – | – | – |", path, value, unit);
    }

    static double geometricMean(List<Double> values) {
        return Math.exp(mean(values.stream().mapToDouble(Math::log).toArray()));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Returns half of the 95 % confidence interval of the mean, by Student's t-distribution. */
    private static double margin(double[] values, double mean) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double[] t = {12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26};
        int freedom = values.length - 1;
        double quantile = freedom <= t.length ? t[freedom - 1] : 2.0;
        return quantile * Math.sqrt(squares / freedom / values.length);
    }
}

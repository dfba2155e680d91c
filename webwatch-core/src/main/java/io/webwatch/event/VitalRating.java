package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/** Rates web vitals by the <a href="https://web.dev/articles/vitals">published thresholds</a>. */
final class VitalRating {
    private VitalRating() {}

    /** Returns the rating, or null if the name has no thresholds or the value is not a valid one. */
    static @Nullable String of(String name, double value) {
        if (!(value >= 0)) { // also true for NaN
            return null;
        }
        return switch (name) {
            case "LCP" -> rate(value, 2500, 4000);
            case "INP" -> rate(value, 200, 500);
            case "CLS" -> rate(value, 0.1, 0.25);
            case "FCP" -> rate(value, 1800, 3000);
            case "TTFB" -> rate(value, 800, 1800);
            default -> null;
        };
    }

    private static String rate(double value, double good, double poor) {
        return value > poor ? "poor" : value > good ? "needs-improvement" : "good";
    }
}

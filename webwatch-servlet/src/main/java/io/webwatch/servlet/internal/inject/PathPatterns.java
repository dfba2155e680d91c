package io.webwatch.servlet.internal.inject;

import java.util.List;

/** Patterns for paths, in which {@code *} matches any text. Immutable. */
final class PathPatterns {
    private final String[] patterns;

    PathPatterns(List<String> patterns) {
        this.patterns = patterns.toArray(String[]::new);
    }

    boolean isEmpty() {
        return patterns.length == 0;
    }

    boolean match(String path) {
        for (String pattern : patterns) {
            if (matches(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Backtracks to the last star only, so that the cost is at most the length of the pattern times that of the path.
     */
    private static boolean matches(String pattern, String path) {
        int p = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < path.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = i;
            } else if (p < pattern.length() && pattern.charAt(p) == path.charAt(i)) {
                p++;
                i++;
            } else if (star >= 0) {
                p = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}

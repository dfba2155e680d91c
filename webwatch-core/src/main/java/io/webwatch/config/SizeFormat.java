package io.webwatch.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes such as {@code 64KB}, in multiples of 1 024 bytes. */
final class SizeFormat {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB|KiB|MiB|GiB)?", Pattern.CASE_INSENSITIVE);

    private SizeFormat() {}

    /**
     * Returns the number of bytes. A number without a unit is a number of bytes.
     *
     * @throws IllegalArgumentException if the text is not a size
     */
    static long parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a size");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
        int shift = switch (unit.charAt(0)) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        long count = Long.parseLong(matcher.group(1));
        return count > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : count << shift;
    }

    /** Returns the size in the largest unit of which it is a multiple. */
    static String format(long bytes) {
        if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
            return bytes / (1 << 30) + "GB";
        }
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return bytes / (1 << 20) + "MB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? bytes / (1 << 10) + "KB" : bytes + "B";
    }
}

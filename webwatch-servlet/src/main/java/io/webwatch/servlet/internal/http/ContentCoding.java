package io.webwatch.servlet.internal.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A content coding in which WebWatch's files are available. */
enum ContentCoding {
    BROTLI("br"),
    GZIP("gzip"),
    IDENTITY("identity");

    /** Weight of an uncompressed response that the client does not name: acceptable, but the last choice. */
    private static final double LAST_CHOICE = 0.0001;

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    /** Returns the name of the coding in HTTP headers. */
    String token() {
        return token;
    }

    /**
     * Chooses the coding of a response (RFC 9110, 12.5.3): the one with the highest weight, and among equals the
     * smallest. Falls back to no compression when the client accepts none of the codings, as the specification allows.
     *
     * @param acceptEncoding the request's {@code Accept-Encoding} header, or null
     */
    static ContentCoding choose(@Nullable String acceptEncoding, boolean hasBrotli, boolean hasGzip) {
        if (acceptEncoding == null) {
            return IDENTITY;
        }
        double any = -1;
        double[] weights = {-1, -1, -1};
        for (String element : acceptEncoding.split(",")) {
            String[] parts = element.split(";", -1);
            String name = parts[0].strip().toLowerCase(Locale.ROOT);
            ContentCoding coding = named(name);
            if (coding != null) {
                weights[coding.ordinal()] = weight(parts);
            } else if (name.equals("*")) {
                any = weight(parts);
            }
        }
        double brotli = hasBrotli ? firstSet(weights[0], any) : 0;
        double gzip = hasGzip ? firstSet(weights[1], any) : 0;
        double identity = firstSet(weights[2], firstSet(any, LAST_CHOICE));
        if (brotli > 0 && brotli >= gzip && brotli >= identity) {
            return BROTLI;
        }
        return gzip > 0 && gzip >= identity ? GZIP : IDENTITY;
    }

    private static double firstSet(double weight, double otherwise) {
        return weight >= 0 ? weight : otherwise;
    }

    private static @Nullable ContentCoding named(String name) {
        for (ContentCoding coding : values()) {
            if (name.equals(coding.token)) {
                return coding;
            }
        }
        return name.equals("x-gzip") ? GZIP : null;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip().toLowerCase(Locale.ROOT);
            if (part.startsWith("q=")) {
                try {
                    double weight = Double.parseDouble(part.substring(2));
                    return weight >= 0 && weight <= 1 ? weight : 0;
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}

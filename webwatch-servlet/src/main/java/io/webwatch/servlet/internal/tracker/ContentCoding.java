package io.webwatch.servlet.internal.tracker;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A content coding that the tracker comes in. */
public enum ContentCoding {
    BROTLI("br"),
    GZIP("gzip"),
    IDENTITY("identity");

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    public String token() {
        return token;
    }

    /**
     * The best one that an {@code Accept-Encoding} header takes (RFC 9110, 12.5.3): highest weight, then smallest. When it
     * takes none the answer is sent as it is, as the specification allows.
     */
    public static ContentCoding choose(@Nullable String header, boolean hasBrotli, boolean hasGzip) {
        if (header == null) {
            return IDENTITY;
        }
        double any = -1;
        double[] weights = {-1, -1, -1};
        for (String part : header.split(",")) {
            String[] pieces = part.split(";", -1);
            String name = pieces[0].strip().toLowerCase(Locale.ROOT);
            double weight = weight(pieces);
            if (name.equals("*")) {
                any = weight;
            } else if (name.equals("x-gzip")) {
                weights[GZIP.ordinal()] = weight;
            }
            for (ContentCoding coding : values()) {
                if (name.equals(coding.token)) {
                    weights[coding.ordinal()] = weight;
                }
            }
        }
        double brotli = hasBrotli ? (weights[0] >= 0 ? weights[0] : any) : 0;
        double gzip = hasGzip ? (weights[1] >= 0 ? weights[1] : any) : 0;
        // identity that is not named is acceptable, but the least wanted
        double identity = weights[2] >= 0 ? weights[2] : any >= 0 ? any : 0.0001;
        if (brotli > 0 && brotli >= gzip && brotli >= identity) {
            return BROTLI;
        }
        return gzip > 0 && gzip >= identity ? GZIP : IDENTITY;
    }

    private static double weight(String[] pieces) {
        for (int i = 1; i < pieces.length; i++) {
            String piece = pieces[i].strip().toLowerCase(Locale.ROOT);
            if (piece.startsWith("q=")) {
                try {
                    double weight = Double.parseDouble(piece.substring(2));
                    return weight >= 0 && weight <= 1 ? weight : 0;
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}

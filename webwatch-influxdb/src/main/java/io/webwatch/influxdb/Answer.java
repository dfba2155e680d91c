package io.webwatch.influxdb;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server, or the way to it, answered to a write.
 *
 * @param kind what it means for the events
 * @param reason a sentence or the server's own words; empty when written
 * @param refused what the answer says of the lines that were refused
 * @param retryAfter the least wait that the server asked for, or null
 */
record Answer(
        Kind kind, String reason, Refused refused, @Nullable Duration retryAfter) {
    /** Meanings. */
    enum Kind {
        WRITTEN,
        /** Some or all of the lines will never be taken. */
        REFUSED,
        /** The request has too many bytes. */
        TOO_LARGE,
        /** Nothing is known to be wrong with the lines. */
        RETRIABLE
    }

    /**
     * What an answer says of the refused lines.
     *
     * @param numbers of lines in the request, from 1
     * @param texts of lines, or their beginnings
     * @param points how many points were refused, or -1 when it does not say
     * @param conflict the field whose type differs from the server's, or null
     */
    record Refused(
            List<Integer> numbers,
            List<String> texts,
            long points,
            @Nullable Conflict conflict) {
        static final Refused UNKNOWN = new Refused(List.of(), List.of(), -1, null);
    }

    /** A field of a measurement that has another type on the server. */
    record Conflict(String measurement, String field) {}

    static final Answer WRITTEN = new Answer(Kind.WRITTEN, "", Refused.UNKNOWN, null);

    static Answer refused(String reason, Refused refused) {
        return new Answer(Kind.REFUSED, reason, refused, null);
    }

    static Answer tooLarge(String reason) {
        return new Answer(Kind.TOO_LARGE, reason, Refused.UNKNOWN, null);
    }

    static Answer retriable(String reason, @Nullable Duration retryAfter) {
        return new Answer(Kind.RETRIABLE, reason, Refused.UNKNOWN, retryAfter);
    }
}

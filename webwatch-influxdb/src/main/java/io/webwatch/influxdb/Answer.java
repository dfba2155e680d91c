package io.webwatch.influxdb;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interpreted response to a write, or the failure to get one.
 *
 * @param kind what it means for the events
 * @param reason a sentence that includes the server's own words; empty if the events were written
 * @param refused what the response says about refused lines
 * @param retryAfter the minimum wait that the server asked for, or null
 */
record Answer(
        Kind kind, String reason, Refused refused, @Nullable Duration retryAfter) {
    /** Kinds of answers. */
    enum Kind {
        WRITTEN,
        /** The server will never accept some or all of the lines. */
        REFUSED,
        /** The request is too large. */
        TOO_LARGE,
        /** The lines may be fine; the write can be retried. */
        RETRIABLE
    }

    /**
     * What an answer says about the refused lines.
     *
     * @param numbers line numbers in the request, from 1
     * @param texts quoted lines, or their beginnings
     * @param points how many points were refused, or -1 if the answer does not say
     * @param conflict the field whose type differs from the server's, or null
     */
    record Refused(
            List<Integer> numbers,
            List<String> texts,
            long points,
            @Nullable Conflict conflict) {
        static final Refused UNKNOWN = new Refused(List.of(), List.of(), -1, null);
    }

    /** A field of a measurement whose type differs on the server. */
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

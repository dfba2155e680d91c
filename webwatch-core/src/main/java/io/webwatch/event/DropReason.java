package io.webwatch.event;

import java.util.Locale;

/**
 * Why events or requests were dropped. Every drop is counted under one of these reasons. The explanations are the only
 * wording of a reason: log, HTTP answers and dashboard show them as they are.
 */
public enum DropReason {
    /** Events with a missing or invalid attribute. */
    INVALID(Kind.REFUSED, "events violated the protocol; the rest of their batch was accepted"),
    /** Requests without a valid batch; counted per request. */
    MALFORMED(Kind.REFUSED, "requests did not contain a valid batch"),
    /** Requests above the size limit; counted per request. */
    TOO_LARGE(Kind.REFUSED, "requests exceeded webwatch.collector.max-body-size"),
    /** Requests from a foreign origin; counted per request. */
    ORIGIN(
            Kind.REFUSED,
            "requests came from another site; if it is yours, add it to webwatch.collector.allowed-origins"),
    /** Requests with an unsupported content type or encoding; counted per request. */
    MEDIA_TYPE(Kind.REFUSED, "requests had an unsupported content type or content encoding"),
    /** Requests above the rate limit; counted per request. */
    RATE(
            Kind.REFUSED,
            "an address exceeded webwatch.collector.rate-limit; behind a proxy, check"
                    + " webwatch.collector.trusted-proxies"),
    /** The buffer had no room; the client was asked to retry. */
    BUFFER_FULL(
            Kind.LOST,
            "the buffer was full, so clients were asked to retry; if this happens often, increase"
                    + " webwatch.buffer.max-bytes and webwatch.buffer.capacity"),
    /** The application was stopping; the client was asked to retry. */
    CLOSED(Kind.LOST, "the application was stopping, so clients were asked to retry"),
    /** The journal was full or not writable; the client was asked to retry. */
    JOURNAL_FULL(
            Kind.LOST,
            "the journal was full or not writable, so clients were asked to retry; check the sinks, the disk and"
                    + " webwatch.journal.max-size"),
    /** Requests that could not wait for the disk; counted per request. */
    ASYNC_UNSUPPORTED(
            Kind.LOST,
            "a filter in front of WebWatch does not support asynchronous requests, which webwatch.delivery=durable"
                    + " requires"),
    /** Copies of events that had already been accepted. */
    DUPLICATE(Kind.HARMLESS, "clients sent events again; each event is counted once"),
    /** Events of bots, if bots are dropped. */
    BOT(Kind.HARMLESS, "bots sent events, and webwatch.privacy.bots is set to drop"),
    /** Events of browsers that ask not to be tracked, if such events are dropped. */
    PRIVACY(
            Kind.HARMLESS,
            "browsers asked not to be tracked, and webwatch.privacy.gpc or webwatch.privacy.dnt is set to drop"),
    /** Events that a sink did not get because it was too slow, or unavailable for too long. */
    SINK_LAG(
            Kind.LOST,
            "a sink fell further behind than memory and journal can hold; check its last error and"
                    + " webwatch.journal.max-size"),
    /** Events that are missing from the live view only. */
    LIVE_LAG(Kind.HARMLESS, "the live view could not keep up; its figures are too low, but the sinks get all events"),
    /** Events that a sink had not received yet, in a part of the journal that is damaged. */
    JOURNAL_DAMAGED(Kind.LOST, "a crash or a disk fault damaged a journal file; all readable events were delivered"),
    /** Events that the journal kept for a sink that is no longer configured. */
    SINK_REMOVED(Kind.LOST, "the journal held events for a sink that is no longer configured"),
    /** Events that a sink will never accept. */
    REJECTED(Kind.LOST, "a sink rejected events permanently; the dead-letter file has them and the reason"),
    /** Rejected events that the dead-letter files could not keep, or had to delete. */
    DEAD_LETTER(Kind.LOST, "the dead-letter files were full or not writable; see webwatch.dead-letters.max-size"),
    /** Events that were neither delivered nor journalled when the application stopped. */
    SHUTDOWN(Kind.LOST, "the application stopped before a sink accepted the events, and they could not be journalled"),
    /** Events that failed because of a defect in WebWatch. */
    INTERNAL(Kind.LOST, "processing failed with an internal error; please report it with the stack trace from the log");

    /** How serious a drop is for the operator of the site. */
    public enum Kind {
        /** Events that should have been kept are lost, unless the client sends them again. */
        LOST,
        /** A client sent something that the collector must not accept. */
        REFUSED,
        /** Nothing is missing, or the configuration asks for the drop. */
        HARMLESS;

        private final String id = name().toLowerCase(Locale.ROOT);

        /** Returns the name in JSON. */
        public String id() {
            return id;
        }
    }

    private final String id = name().toLowerCase(Locale.ROOT);
    private final Kind kind;
    private final String explanation;

    DropReason(Kind kind, String explanation) {
        this.kind = kind;
        this.explanation = explanation;
    }

    /** Returns the name in headers, meters and JSON. */
    public String id() {
        return id;
    }

    /** Returns how serious drops for this reason are. */
    public Kind kind() {
        return kind;
    }

    /** Returns a clause in the past tense that says what happened and, where it helps, what to do; without a full stop. */
    public String explanation() {
        return explanation;
    }
}

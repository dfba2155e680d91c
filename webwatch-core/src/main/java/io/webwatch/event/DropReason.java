package io.webwatch.event;

import java.util.Locale;

/** Why something was not taken or not delivered. Every loss is counted under one of these. */
public enum DropReason {
    /** An event with a missing or wrong attribute. */
    INVALID("an event lacks an attribute or has a wrong one"),
    /** A request that is no batch; counted by request. */
    MALFORMED("a request holds no batch"),
    /** A request over the limit; counted by request. */
    TOO_LARGE("a request is above webwatch.collector.max-body-size"),
    /** A request of another origin; counted by request. */
    ORIGIN("a request comes from an origin that is not allowed"),
    /** A request with a content type or encoding that is not understood; counted by request. */
    MEDIA_TYPE("a request has an unknown content type or encoding"),
    /** A request over the rate limit; counted by request. */
    RATE("an address is above webwatch.collector.rate-limit"),
    /** The buffer had no room; the client was told to try again. */
    BUFFER_FULL("the buffer is full; see webwatch.buffer.capacity and webwatch.buffer.max-bytes"),
    /** The application was stopping; the client was told to try again. */
    CLOSED("the application stops"),
    /** The journal had no room or could not be written; the client was told to try again. */
    JOURNAL_FULL("the journal is full or cannot be written; see webwatch.journal.max-size"),
    /** A request that could not wait for the disk; counted by request. */
    ASYNC_UNSUPPORTED("webwatch.delivery is durable and a filter before WebWatch allows no asynchronous requests"),
    /** A copy of an event that was taken before. */
    DUPLICATE("an event was sent again"),
    /** A bot's event, where bots are dropped. */
    BOT("a bot sent an event and webwatch.privacy.bots is drop"),
    /** An event of a browser that asks not to be tracked, where that means drop. */
    PRIVACY("a browser asks not to be tracked"),
    /** An event that a sink was too slow or too long away to get. */
    SINK_LAG("a sink was away for longer than log and journal can hold; see webwatch.journal.max-size"),
    /** An event that the live view was too slow for; no sink lost it. */
    LIVE_LAG("the live view was too slow for an event; the sinks have it"),
    /** An event that a sink should still get and that the journal's files no longer hold intact. */
    JOURNAL_DAMAGED("a file of the journal is damaged"),
    /** An event that the journal kept for a sink that is configured no more. */
    SINK_REMOVED("the journal kept an event for a sink that is configured no more"),
    /** An event that a sink will never take. */
    REJECTED("a sink refused an event for good; see the dead-letter file"),
    /** A rejected event that could not be kept, or no longer, in the dead-letter files. */
    DEAD_LETTER("the dead-letter files are full or cannot be written; see webwatch.dead-letters.max-size"),
    /** An event that was neither delivered nor journalled when the application stopped. */
    SHUTDOWN("a sink did not take an event before the application stopped, and it could not be journalled"),
    /** An event that failed inside WebWatch: a defect. */
    INTERNAL("an error inside WebWatch");

    private final String id = name().toLowerCase(Locale.ROOT);
    private final String explanation;

    DropReason(String explanation) {
        this.explanation = explanation;
    }

    /** The name in headers, counters and status. */
    public String id() {
        return id;
    }

    /** A phrase that says what it means. */
    public String explanation() {
        return explanation;
    }
}

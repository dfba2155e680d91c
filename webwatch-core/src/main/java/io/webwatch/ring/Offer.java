package io.webwatch.ring;

/** What became of an element offered to a {@link SubmissionRing}. */
public enum Offer {
    /** The ring holds it, and hands it to the consumer exactly once. */
    ACCEPTED,
    /** Refused: no slot is free, or not enough bytes are. */
    FULL,
    /** Refused for good: the ring was closed before. */
    CLOSED
}

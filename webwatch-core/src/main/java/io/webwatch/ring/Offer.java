package io.webwatch.ring;

/** The result of offering an element to a {@link SubmissionRing}. */
public enum Offer {
    /** Accepted: the consumer gets the element exactly once. */
    ACCEPTED,
    /** Refused: there is no free slot, or the element would exceed the maximum number of bytes. */
    FULL,
    /** Refused permanently: the ring is closed. */
    CLOSED
}

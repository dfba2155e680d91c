package io.webwatch.event;

/**
 * The identity of an event: a retried or replayed copy has the same one.
 *
 * @param pageView the page view's random id; for session events the session's id, for events published by the
 *     application an id of the process
 * @param sequence unique within {@code pageView}
 */
public record EventId(String pageView, long sequence) {
    /** The form in which stores and headers carry it: {@code pageView.sequence}. */
    @Override
    public String toString() {
        return pageView + '.' + sequence;
    }
}

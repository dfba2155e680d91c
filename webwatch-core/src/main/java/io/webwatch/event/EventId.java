package io.webwatch.event;

/**
 * Identifies an event. A repeated or replayed copy has the same id.
 *
 * @param pageView random id of the page view; for session events the id of the session, for events published by the
 *     application an id of the process
 * @param sequence unique within {@code pageView}
 */
public record EventId(String pageView, long sequence) {
    /**
     * Parses the form that {@link #toString} returns.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static EventId parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("The event id '" + text + "' has no sequence number.");
        }
        try {
            return new EventId(text.substring(0, dot), Long.parseLong(text.substring(dot + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The sequence number of the event id '" + text + "' is not an integer.", e);
        }
    }

    /** Returns the form used in stores and headers: {@code pageView.sequence}. */
    @Override
    public String toString() {
        return pageView + '.' + sequence;
    }
}

package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/**
 * A session. Every copy has the same id and time; a later copy replaces an earlier one.
 *
 * @param ended whether the session timed out, so that this copy is the last
 * @param pages number of page views
 * @param events number of events, including page views
 * @param entry path of the first page view
 * @param exit path of the latest page view
 * @param bounce whether the visitor left without doing anything, see {@link #isBounce}
 */
public record Session(
        boolean ended,
        long durationMillis,
        long engagedMillis,
        long pages,
        long events,
        @Nullable String entry,
        @Nullable String exit,
        boolean bounce)
        implements EventData {
    private static final String OPEN = "open";
    private static final String ENDED = "ended";

    /**
     * Returns whether a session is a bounce: it has exactly one page view and no interaction. A session without a page
     * view is not a bounce.
     *
     * @param interactions number of events whose type {@linkplain EventType#isInteraction is an interaction}
     */
    public static boolean isBounce(long pages, long interactions) {
        return pages == 1 && interactions == 0;
    }

    @Override
    public EventType type() {
        return EventType.SESSION;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("state", ended ? ENDED : OPEN);
        out.integer("duration_ms", durationMillis);
        out.integer("engaged_ms", engagedMillis);
        out.integer("pages", pages);
        out.integer("events", events);
        out.text("entry", entry);
        out.text("exit", exit);
        out.flag("bounce", bounce);
    }

    static Session readFrom(AttributeReader in) {
        return new Session(
                in.requiredText("state").equals(ENDED),
                in.requiredInteger("duration_ms"),
                in.requiredInteger("engaged_ms"),
                in.requiredInteger("pages"),
                in.requiredInteger("events"),
                in.text("entry"),
                in.text("exit"),
                in.flag("bounce"));
    }
}

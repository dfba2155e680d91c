package io.webwatch.event;

/**
 * Attention since the previous engagement event of the page view.
 *
 * @param engagedMillis time visible, focused and not idle, since the previous event
 * @param visibleMillis time visible, since the previous event
 * @param idleMillis time visible without input for longer than the idle cut-off, since the previous event
 * @param scrollDepth deepest point of the page view so far, in percent of the document
 */
public record Engagement(long engagedMillis, long visibleMillis, long idleMillis, int scrollDepth)
        implements EventData {
    @Override
    public EventType type() {
        return EventType.ENGAGEMENT;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.integer("engaged_ms", engagedMillis);
        out.integer("visible_ms", visibleMillis);
        out.integer("idle_ms", idleMillis);
        out.integer("scroll_depth", scrollDepth);
    }

    static Engagement readFrom(AttributeReader in) {
        return new Engagement(
                in.requiredInteger("engaged_ms"),
                in.requiredInteger("visible_ms"),
                in.requiredInteger("idle_ms"),
                in.requiredInt("scroll_depth"));
    }
}

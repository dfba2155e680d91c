package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/**
 * A Core Web Vital or a similar measurement.
 *
 * @param value milliseconds, or a score for CLS
 * @param rating {@code good}, {@code needs-improvement} or {@code poor}; if null, it is derived from the value where
 *     there are published thresholds
 */
public record WebVital(String name, double value, @Nullable String rating) implements EventData {
    public WebVital {
        rating = rating == null ? VitalRating.of(name, value) : rating;
    }

    @Override
    public EventType type() {
        return EventType.WEB_VITAL;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("name", name);
        out.decimal("value", value);
        out.text("rating", rating);
    }

    static WebVital readFrom(AttributeReader in) {
        return new WebVital(in.requiredText("name"), in.decimal("value"), in.text("rating"));
    }
}

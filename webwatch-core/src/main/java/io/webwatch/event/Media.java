package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/**
 * Playback of video or audio.
 *
 * @param type one of the eight media types
 * @param provider {@code html5}, {@code youtube} or {@code vimeo}
 * @param watchedMillis time that was actually played
 */
public record Media(
        EventType type,
        String media,
        String provider,
        @Nullable Long positionMillis,
        @Nullable Long durationMillis,
        @Nullable Integer percent,
        @Nullable Long watchedMillis)
        implements EventData {
    @Override
    public void writeTo(AttributeWriter out) {
        out.text("media", media);
        out.text("provider", provider);
        out.integer("position_ms", positionMillis);
        out.integer("duration_ms", durationMillis);
        out.integer("percent", percent);
        out.integer("watched_ms", watchedMillis);
    }

    static Media readFrom(EventType type, AttributeReader in) {
        return new Media(
                type,
                in.requiredText("media"),
                in.requiredText("provider"),
                in.integer("position_ms"),
                in.integer("duration_ms"),
                in.optionalInt("percent"),
                in.integer("watched_ms"));
    }
}

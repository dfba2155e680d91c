package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/** At least half of an image was visible for one second. */
public record ImageView(String image, @Nullable Long visibleMillis) implements EventData {
    @Override
    public EventType type() {
        return EventType.IMAGE_VIEW;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("image", image);
        out.integer("visible_ms", visibleMillis);
    }

    static ImageView readFrom(AttributeReader in) {
        return new ImageView(in.requiredText("image"), in.integer("visible_ms"));
    }
}

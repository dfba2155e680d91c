package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/** A visitor followed a link to a file. */
public record Download(
        String url, @Nullable String file, @Nullable String extension) implements EventData {
    @Override
    public EventType type() {
        return EventType.DOWNLOAD;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("file", file);
        out.text("extension", extension);
        out.text("url", url);
    }

    static Download readFrom(AttributeReader in) {
        String file = in.text("file");
        String extension = in.text("extension");
        return new Download(in.requiredText("url"), file, extension);
    }
}

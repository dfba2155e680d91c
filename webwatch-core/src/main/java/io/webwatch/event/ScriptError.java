package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/** An uncaught script error. */
public record ScriptError(
        String message, @Nullable String source, @Nullable Long line) implements EventData {
    @Override
    public EventType type() {
        return EventType.ERROR;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("message", message);
        out.text("source", source);
        out.integer("line", line);
    }

    static ScriptError readFrom(AttributeReader in) {
        return new ScriptError(in.requiredText("message"), in.text("source"), in.integer("line"));
    }
}

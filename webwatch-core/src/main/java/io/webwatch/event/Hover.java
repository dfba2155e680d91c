package io.webwatch.event;

/** The pointer rested on an element for which hovers are captured. */
public record Hover(String element, long hoverMillis) implements EventData {
    @Override
    public EventType type() {
        return EventType.HOVER;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("element", element);
        out.integer("hover_ms", hoverMillis);
    }

    static Hover readFrom(AttributeReader in) {
        return new Hover(in.requiredText("element"), in.requiredInteger("hover_ms"));
    }
}

package io.webwatch.event;

import java.util.Map;
import java.util.Objects;

/**
 * An event that the application defines.
 *
 * @param properties at most 32 of type String, Long, Double or Boolean, in the given order
 */
public record Custom(String name, Map<String, Object> properties) implements EventData {
    public Custom {
        Objects.requireNonNull(name, "name");
        properties = CustomProperties.checked(properties);
    }

    @Override
    public EventType type() {
        return EventType.CUSTOM;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("name", name);
        out.properties("props", properties);
    }

    static Custom readFrom(AttributeReader in) {
        return new Custom(in.requiredText("name"), in.properties("props"));
    }
}

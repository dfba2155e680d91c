package io.webwatch.event;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A form was started, submitted, abandoned or invalid.
 *
 * @param type one of the four form types
 * @param durationMillis time since the first focus
 * @param fields at most 50
 */
public record Form(
        EventType type,
        String form,
        @Nullable Long durationMillis,
        List<Field> fields,
        @Nullable String lastField) implements EventData {
    public Form {
        Objects.requireNonNull(type, "type");
        fields = List.copyOf(fields);
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("form", form);
        out.integer("duration_ms", durationMillis);
        out.list("fields", fields);
        out.text("last_field", lastField);
    }

    static Form readFrom(EventType type, AttributeReader in) {
        return new Form(
                type,
                in.requiredText("form"),
                in.integer("duration_ms"),
                in.list("fields", Field::readFrom),
                in.text("last_field"));
    }

    /** How a visitor used one field of a form; never its value. */
    public record Field(String name, long focuses, long millis, long changes) implements Attributed {
        @Override
        public void writeTo(AttributeWriter out) {
            out.text("name", name);
            out.integer("focuses", focuses);
            out.integer("ms", millis);
            out.integer("changes", changes);
        }

        static Field readFrom(AttributeReader in) {
            return new Field(
                    in.requiredText("name"),
                    in.requiredInteger("focuses"),
                    in.requiredInteger("ms"),
                    in.requiredInteger("changes"));
        }
    }
}

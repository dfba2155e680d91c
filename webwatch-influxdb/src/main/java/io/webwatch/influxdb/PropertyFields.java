package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of custom events' properties that became fields. A field's type must never change, while a property's may: so
 * the field's name tells the type, and every number is a float. Bounded, because any visitor can make up names. Not
 * thread-safe.
 */
final class PropertyFields {
    /** Distinct names that get fields of their own; InfluxDB 3 allows 500 columns to a table. */
    static final int MAX_NAMES = 100;

    static final int MAX_LENGTH = 64;

    /** The fields of a name. */
    static final class Field {
        private final Fragment number;
        private final Fragment text;
        private final Fragment flag;
        private long lastPoint = -1;

        private Field(String name) {
            number = Keys.field("num_" + name);
            text = Keys.text("text_" + name);
            flag = Keys.field("flag_" + name);
        }

        Fragment number() {
            return number;
        }

        Fragment text() {
            return text;
        }

        Fragment flag() {
            return flag;
        }

        /** Takes the field for a property of a point; false when another of the point's properties has it. */
        boolean take(long point) {
            if (lastPoint == point) {
                return false;
            }
            lastPoint = point;
            return true;
        }
    }

    /**
     * A property's name.
     *
     * @param exact whether the field has the very name
     */
    record Name(Field field, boolean exact) {}

    private final Map<String, Name> names = new HashMap<>();
    private final Map<String, Field> fields = new HashMap<>();

    /** The field for a property, or null when it gets none of its own. */
    @Nullable
    Name of(String property) {
        Name known = names.get(property);
        return known != null ? known : admit(property);
    }

    private @Nullable Name admit(String property) {
        if (names.size() == MAX_NAMES || property.isEmpty() || property.length() > MAX_LENGTH) {
            return null;
        }
        StringBuilder name = new StringBuilder(property.length());
        for (int i = 0; i < property.length(); i++) {
            char c = property.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            name.append(word ? c : '_');
        }
        String text = name.toString();
        Name admitted = new Name(fields.computeIfAbsent(text, Field::new), text.equals(property));
        names.put(property, admitted);
        return admitted;
    }
}

package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assigns fields to the properties of custom events. The type of a field must never change, but that of a property may, so
 * the field's name includes the type, and every number is a float. The number of names is limited, because any visitor can
 * invent names. Not thread-safe.
 */
final class PropertyFields {
    /** Maximum number of names that get their own fields. InfluxDB 3 allows 500 columns per table. */
    static final int MAX_NAMES = 100;

    static final int MAX_LENGTH = 64;

    /** The fields of one name, one for each type. */
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

        /** Claims the field for a property of a point. Returns false if another property of the point has claimed it. */
        boolean take(long point) {
            if (lastPoint == point) {
                return false;
            }
            lastPoint = point;
            return true;
        }
    }

    /**
     * The field of a property.
     *
     * @param exact whether the field's name contains the property's name unchanged
     */
    record Name(Field field, boolean exact) {}

    private final Map<String, Name> names = new HashMap<>();
    private final Map<String, Field> fields = new HashMap<>();

    /** Returns the field for a property, or null if it has none. */
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

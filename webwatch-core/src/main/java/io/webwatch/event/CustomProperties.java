package io.webwatch.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks, copies and writes the properties of a custom event. */
final class CustomProperties {
    private static final int MAX_PROPERTIES = 32;

    private CustomProperties() {}

    /**
     * Returns an unmodifiable copy in the same order, with numbers as Long or Double.
     *
     * @throws IllegalArgumentException for more than 32, or for a value that is not a String, Boolean or finite number
     */
    static Map<String, Object> checked(Map<String, Object> properties) {
        if (properties.isEmpty()) {
            return Map.of();
        }
        if (properties.size() > MAX_PROPERTIES) {
            throw new IllegalArgumentException(
                    "A custom event has at most " + MAX_PROPERTIES + " properties, got " + properties.size() + ".");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        properties.forEach((name, value) -> copy.put(name, scalar(name, value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object scalar(String name, Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(
                "Property '" + name + "' must be a string, a boolean or a finite number, but is " + value + ".");
    }

    /** Writes each property as an attribute. */
    static void writeTo(AttributeWriter out, Map<String, Object> properties) {
        properties.forEach((name, value) -> {
            if (value instanceof String text) {
                out.text(name, text);
            } else if (value instanceof Boolean flag) {
                out.flag(name, flag);
            } else if (value instanceof Long integer) {
                out.integer(name, integer.longValue());
            } else {
                out.decimal(name, (Double) value);
            }
        });
    }
}

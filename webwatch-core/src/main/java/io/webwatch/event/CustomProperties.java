package io.webwatch.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rules of a custom event's properties. */
final class CustomProperties {
    private static final int MAX_PROPERTIES = 32;

    private CustomProperties() {}

    /**
     * An unmodifiable copy that keeps the order.
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
                "Property '" + name + "' must be a text, a boolean or a finite number, got " + value + ".");
    }

    static void tell(Map<String, Object> properties, AttributeVisitor visitor) {
        properties.forEach((name, value) -> {
            if (value instanceof String text) {
                visitor.text(name, text);
            } else if (value instanceof Boolean flag) {
                visitor.flag(name, flag);
            } else if (value instanceof Long integer) {
                visitor.integer(name, integer);
            } else {
                visitor.decimal(name, (Double) value);
            }
        });
    }
}

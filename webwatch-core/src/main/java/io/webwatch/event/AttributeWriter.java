package io.webwatch.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Receives attributes under the names of {@code docs/events.md}, in their documented order. Stores and formats implement
 * it; {@link AttributeReader} is its counterpart.
 */
public interface AttributeWriter {
    /** Writes a text. */
    void text(String name, @Nullable String value);

    /** Writes an optional integer. */
    void integer(String name, @Nullable Long value);

    /** Writes an optional integer. */
    default void integer(String name, @Nullable Integer value) {
        integer(name, value == null ? null : Long.valueOf(value));
    }

    /** Writes a required integer. Override it to avoid boxing. */
    default void integer(String name, long value) {
        integer(name, Long.valueOf(value));
    }

    /** Writes a length in pixels, of which 0 means that it is not known. */
    default void pixels(String name, int value) {
        integer(name, value == 0 ? null : Long.valueOf(value));
    }

    /** Writes a required floating-point number. */
    void decimal(String name, double value);

    /** Writes a flag. */
    void flag(String name, boolean value);

    /** Writes an optional nested object. */
    void object(String name, @Nullable Attributed value);

    /** Writes a list of nested objects. */
    void list(String name, List<? extends Attributed> values);

    /**
     * Writes values whose names the application chose; by default as a nested object, or not at all if there are none.
     *
     * @param values of type String, Long, Double or Boolean
     */
    default void properties(String name, Map<String, Object> values) {
        object(name, values.isEmpty() ? null : out -> CustomProperties.writeTo(out, values));
    }
}

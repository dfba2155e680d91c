package io.webwatch.event;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Returns the attributes that an {@link AttributeWriter} received. A caller reads them in the order in which they were
 * written, optional ones with the optional methods and required ones with the required methods, because a format may
 * store neither their names nor whether they are present.
 *
 * <p>All methods throw {@link IllegalArgumentException} for a value of another type, for a required one that is absent,
 * and for a number that is out of range.
 */
public interface AttributeReader {
    /** Returns a text, or null if it is absent. */
    @Nullable
    String text(String name);

    /** Returns a text that must be present. */
    default String requiredText(String name) {
        return required(name, text(name));
    }

    /** Returns an optional integer, or null if it is absent. */
    @Nullable
    Long integer(String name);

    /** Returns an optional integer of 32 bits, or null if it is absent. */
    default @Nullable Integer optionalInt(String name) {
        Long value = integer(name);
        return value == null ? null : Integer.valueOf(toInt(name, value));
    }

    /** Returns a required integer. */
    default long requiredInteger(String name) {
        return required(name, integer(name));
    }

    /** Returns a required integer of 32 bits. */
    default int requiredInt(String name) {
        return toInt(name, requiredInteger(name));
    }

    /** Returns a length in pixels, or 0 if it is not known. */
    default int pixels(String name) {
        Integer value = optionalInt(name);
        return value == null ? 0 : value;
    }

    /** Returns a required floating-point number. */
    double decimal(String name);

    /** Returns a flag. */
    boolean flag(String name);

    /** Returns an optional nested object, or null if it is absent. */
    <T> @Nullable T object(String name, Function<AttributeReader, T> factory);

    /** Returns a list of nested objects. */
    <T> List<T> list(String name, Function<AttributeReader, T> factory);

    /** Returns values whose names the application chose, of type String, Long, Double or Boolean. */
    Map<String, Object> properties(String name);

    /**
     * Returns the constant with the required id.
     *
     * @param byId finds a constant by its id, or returns null
     */
    default <T> T constant(String name, Function<String, @Nullable T> byId) {
        String id = requiredText(name);
        T constant = byId.apply(id);
        if (constant == null) {
            throw new IllegalArgumentException("'" + name + "' has the unknown value '" + id + "'.");
        }
        return constant;
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing.");
        }
        return value;
    }

    private static int toInt(String name, long value) {
        if (value != (int) value) {
            throw new IllegalArgumentException("'" + name + "' is out of range: " + value + ".");
        }
        return (int) value;
    }
}

package io.webwatch.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the attributes of an event under their documented names. The one place where those names stand is {@link
 * EventData}; every store and format is a visitor.
 */
public interface AttributeVisitor {
    void text(String name, @Nullable String value);

    void integer(String name, @Nullable Long value);

    /** A known integer; where it matters, override it to save the boxing. */
    default void integer(String name, long value) {
        integer(name, Long.valueOf(value));
    }

    void decimal(String name, @Nullable Double value);

    void flag(String name, boolean value);

    /** A nested object. */
    void object(String name, @Nullable Attributed value);

    /** A list of nested objects. */
    void list(String name, List<? extends Attributed> values);
}

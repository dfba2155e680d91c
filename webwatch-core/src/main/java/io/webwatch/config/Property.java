package io.webwatch.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A property of WebWatch: its name, type, default and documentation.
 *
 * @param name full name, such as {@code webwatch.buffer.capacity}
 * @param type how its text is read, checked and described
 * @param defaultText its default as a text, or null when it has none
 * @param description a sentence or two for the documentation
 */
public record Property<T>(
        String name, ValueType<T> type, @Nullable String defaultText, String description) {
    public Property {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(description, "description");
    }

    /**
     * Reads a value.
     *
     * @throws ConfigurationException when the text is not a value of the type
     */
    public T parse(String text) {
        try {
            return type.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    name, text.isBlank() ? "the empty text" : type.shown(text.strip()), e.getMessage(), remedy());
        }
    }

    /**
     * Checks a value that did not come as a text.
     *
     * @throws ConfigurationException when the type would not take it as one
     */
    void check(Object value) {
        if (!type.isMap()) {
            parse(
                    value instanceof List<?> list
                            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                            : value.toString());
        }
    }

    /** The name for the documentation: that of a property that holds many ends in what stands for theirs. */
    public String shownName() {
        return type.isMap() ? name + '.' + type.keyShown() : name;
    }

    /** Whether a value of that full name is one of this property. */
    public boolean covers(String fullName) {
        return type.isMap()
                ? fullName.startsWith(name + '.') && type.key(fullName.substring(name.length() + 1)) != null
                : fullName.equals(name);
    }

    /** The proper form of a name below this property's own, out of the full one. */
    String key(String fullName) {
        return Objects.requireNonNull(type.key(fullName.substring(name.length() + 1)), fullName);
    }

    private String remedy() {
        return "Give " + type.description()
                + (defaultText == null ? "." : ", or leave it out for " + defaultText + ".");
    }
}

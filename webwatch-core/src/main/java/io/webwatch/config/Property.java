package io.webwatch.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A property of WebWatch: its name, type, default and documentation.
 *
 * @param name full name, such as {@code webwatch.buffer.capacity}
 * @param type defines how its text is parsed and described
 * @param defaultText text of its default value, or null if it has none
 * @param description one or two sentences for the documentation
 */
public record Property<T>(
        String name, ValueType<T> type, @Nullable String defaultText, String description) {
    public Property {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(description, "description");
    }

    /**
     * Parses a value.
     *
     * @throws ConfigurationException if the text is not a valid value
     */
    public T parse(String text) {
        String value = text.strip();
        try {
            return type.parse(value);
        } catch (IllegalArgumentException e) {
            throw value.isEmpty()
                    ? new ConfigurationException(name, "", "must not be empty", remedy())
                    : new ConfigurationException(name, type.shown(value), e.getMessage(), remedy());
        }
    }

    /**
     * Checks a value that was not set as a text.
     *
     * @throws ConfigurationException if {@link #parse} would not accept the text of the value
     */
    void check(Object value) {
        if (!type.isMap()) {
            parse(
                    value instanceof List<?> list
                            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                            : value.toString());
        }
    }

    /** Returns the name for the documentation. For a map, it ends in a placeholder for the names in the map. */
    public String shownName() {
        return type.isMap() ? name + '.' + type.keyShown() : name;
    }

    /** Returns an example of a valid value: the default, if there is one that is short enough to be an example. */
    public String example() {
        return defaultText == null || type.isList() ? type.example() : defaultText;
    }

    /** Returns whether a value with the given full name belongs to this property. */
    public boolean covers(String fullName) {
        return type.isMap()
                ? fullName.startsWith(name + '.') && type.key(fullName.substring(name.length() + 1)) != null
                : fullName.equals(name);
    }

    /** Returns the canonical form of a name in the map. The full name must be one that this property covers. */
    String key(String fullName) {
        return Objects.requireNonNull(type.key(fullName.substring(name.length() + 1)), fullName);
    }

    /** Returns the full names that this property covers, without those in a map that allows any name. */
    List<String> fullNames() {
        return type.isMap()
                ? type.knownKeys().stream().map(key -> name + '.' + key).toList()
                : List.of(name);
    }

    /** Returns a sentence that says what a valid value is, with an example. */
    String remedy() {
        String use = "Use " + type.description() + ", for example " + example();
        if (defaultText == null) {
            return use + ", or remove the property.";
        }
        return use
                + (defaultText.equals(example()) ? " (the default)." : ", or remove the property to use the default.");
    }
}

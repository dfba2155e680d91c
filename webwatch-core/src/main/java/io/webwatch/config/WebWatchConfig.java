package io.webwatch.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A complete and valid configuration. Immutable and thread-safe. */
public final class WebWatchConfig {
    private final Map<Property<?>, Object> values;
    private final List<String> unknown;

    private WebWatchConfig(Map<Property<?>, Object> values, List<String> unknown) {
        this.values = values;
        this.unknown = unknown;
    }

    /** Returns a builder without values and sources. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a configuration in which every property has its default value. */
    public static WebWatchConfig defaults() {
        return builder().build();
    }

    /**
     * Returns the value of a property that has a default.
     *
     * @throws NoSuchElementException if the property has no default and is not set
     */
    public <T> T get(Property<T> property) {
        return find(property)
                .orElseThrow(() -> new NoSuchElementException(property.name() + " is not set and has no default"));
    }

    /** Returns the value of a property, if it is set or has a default. */
    public <T> Optional<T> find(Property<T> property) {
        @SuppressWarnings("unchecked") // values come only from Property.parse and Builder.set
        T value = (T) values.get(property);
        return Optional.ofNullable(value);
    }

    /** Returns the elements of a list; empty if the property is not set. */
    public List<String> list(Property<List<String>> property) {
        return find(property).orElse(List.of());
    }

    /** Returns the texts of a map by name; empty if none is set. */
    public Map<String, String> map(Property<Map<String, String>> property) {
        return find(property).orElse(Map.of());
    }

    /** Returns the configured names that begin with {@code webwatch.} but belong to no property. */
    public List<String> unknownNames() {
        return unknown;
    }

    /** Returns a sentence for each of the {@link #unknownNames}, with the property that was probably meant. */
    public List<String> warnings() {
        return unknown.stream()
                .map(name -> "Unknown property " + name + ": it has no effect. " + remedyForUnknown(name))
                .toList();
    }

    private static String remedyForUnknown(String name) {
        List<String> names = WebWatchProperties.all().stream()
                .flatMap(property -> property.fullNames().stream())
                .toList();
        return Nearest.to(name, names)
                .map(nearest -> "Did you mean " + nearest + "?")
                .orElse("See the configuration page of the WebWatch documentation for all properties.");
    }

    /** Returns the values by name; secrets are masked. */
    @Override
    public String toString() {
        return WebWatchProperties.all().stream()
                .filter(values::containsKey)
                .map(property -> property.name() + "=" + (property.type().isSecret() ? "***" : values.get(property)))
                .collect(Collectors.joining(", ", "WebWatchConfig[", "]"));
    }

    /** Builds a {@link WebWatchConfig}. Not thread-safe. */
    public static final class Builder {
        private final Map<Property<?>, Object> explicit = new HashMap<>();
        private final List<PropertySource> sources = new ArrayList<>();

        private Builder() {}

        /**
         * Sets a value, which takes precedence over every source.
         *
         * @throws ConfigurationException if the value is invalid
         */
        public <T> Builder set(Property<T> property, T value) {
            property.check(value);
            explicit.put(property, value);
            return this;
        }

        /**
         * Sets a value by its text. It takes precedence over every source.
         *
         * @throws ConfigurationException if the name is unknown or the value is invalid
         */
        public Builder set(String name, String text) {
            Property<?> property = WebWatchProperties.all().stream()
                    .filter(candidate -> candidate.covers(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new ConfigurationException(name, "", "unknown property", remedyForUnknown(name)));
            if (property.type().isMap()) {
                Map<String, String> texts = new TreeMap<>();
                if (explicit.get(property) instanceof Map<?, ?> before) {
                    before.forEach((key, value) -> texts.put((String) key, (String) value));
                }
                texts.put(property.key(name), text);
                explicit.put(property, Map.copyOf(texts));
            } else {
                explicit.put(property, property.parse(text));
            }
            return this;
        }

        /** Adds a source. Sources that were added before take precedence over it. */
        public Builder source(PropertySource source) {
            sources.add(source);
            return this;
        }

        /**
         * Parses the text of every property.
         *
         * @throws ConfigurationException for the first invalid value
         */
        public WebWatchConfig build() {
            Map<Property<?>, Object> values = new HashMap<>();
            for (Property<?> property : WebWatchProperties.all()) {
                Object value;
                if (property.type().isMap()) {
                    value = readMap(property);
                } else {
                    value = explicit.containsKey(property) ? explicit.get(property) : read(property);
                }
                if (value != null) {
                    values.put(property, value);
                }
            }
            return new WebWatchConfig(values, unknownNames());
        }

        private @Nullable Object read(Property<?> property) {
            for (PropertySource source : sources) {
                String text = source.get(property.name());
                if (text != null) {
                    return property.parse(text);
                }
            }
            return property.defaultText() == null ? null : property.parse(property.defaultText());
        }

        /** Returns each name with the text from the first source that has it; null if there is none. */
        private @Nullable Map<String, String> readMap(Property<?> property) {
            Map<String, String> texts = new TreeMap<>();
            if (explicit.get(property) instanceof Map<?, ?> set) {
                set.forEach((key, value) -> texts.put((String) key, (String) value));
            }
            for (PropertySource source : sources) {
                source.below(property.name()).forEach((below, text) -> {
                    String key = property.type().key(below);
                    if (key != null) {
                        texts.putIfAbsent(key, text.strip());
                    }
                });
            }
            return texts.isEmpty() ? null : Collections.unmodifiableMap(texts);
        }

        private List<String> unknownNames() {
            TreeSet<String> names = new TreeSet<>();
            sources.forEach(source -> names.addAll(source.names()));
            names.removeIf(name -> WebWatchProperties.all().stream().anyMatch(property -> property.covers(name)));
            return List.copyOf(names);
        }
    }
}

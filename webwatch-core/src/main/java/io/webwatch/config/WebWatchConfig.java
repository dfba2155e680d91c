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

/** A complete, checked configuration. Immutable and thread-safe. */
public final class WebWatchConfig {
    private final Map<Property<?>, Object> values;
    private final List<String> unknown;

    private WebWatchConfig(Map<Property<?>, Object> values, List<String> unknown) {
        this.values = values;
        this.unknown = unknown;
    }

    /** Collects sources and values for a configuration. */
    public static Builder builder() {
        return new Builder();
    }

    /** All defaults. */
    public static WebWatchConfig defaults() {
        return builder().build();
    }

    /**
     * The value of a property that has a default.
     *
     * @throws NoSuchElementException when it has none and is not set
     */
    public <T> T get(Property<T> property) {
        return find(property)
                .orElseThrow(() -> new NoSuchElementException(property.name() + " is not set and has no default"));
    }

    /** The value of a property, if it is set or has a default. */
    public <T> Optional<T> find(Property<T> property) {
        @SuppressWarnings("unchecked") // values are put only by Property.parse and Builder.set
        T value = (T) values.get(property);
        return Optional.ofNullable(value);
    }

    /** The elements of a list property; empty when it is not set. */
    public List<String> list(Property<List<String>> property) {
        return find(property).orElse(List.of());
    }

    /** The texts of a property that holds many, by the names below its own; empty when none is set. */
    public Map<String, String> map(Property<Map<String, String>> property) {
        return find(property).orElse(Map.of());
    }

    /** Names that begin with {@code webwatch.} but are no property, such as misspelt ones. */
    public List<String> unknownNames() {
        return unknown;
    }

    /** Values by name; secrets are hidden. */
    @Override
    public String toString() {
        return WebWatchProperties.all().stream()
                .filter(values::containsKey)
                .map(property -> property.name() + "=" + (property.type().isSecret() ? "***" : values.get(property)))
                .collect(Collectors.joining(", ", "WebWatchConfig[", "]"));
    }

    /** Builds a {@link WebWatchConfig}; not thread-safe. */
    public static final class Builder {
        private final Map<Property<?>, Object> explicit = new HashMap<>();
        private final List<PropertySource> sources = new ArrayList<>();

        private Builder() {}

        /**
         * Sets a value, stronger than every source.
         *
         * @throws ConfigurationException for a wrong value
         */
        public <T> Builder set(Property<T> property, T value) {
            property.check(value);
            explicit.put(property, value);
            return this;
        }

        /**
         * Sets a value by its text, stronger than every source.
         *
         * @throws ConfigurationException for an unknown name or a wrong value
         */
        public Builder set(String name, String text) {
            Property<?> property = WebWatchProperties.all().stream()
                    .filter(candidate -> candidate.covers(name))
                    .findFirst()
                    .orElseThrow(() -> new ConfigurationException(
                            name, text, "is set for an unknown property", "See docs/configuration.md for all names."));
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

        /** Adds a source that is weaker than those added before. */
        public Builder source(PropertySource source) {
            sources.add(source);
            return this;
        }

        /**
         * Reads and checks every property.
         *
         * @throws ConfigurationException for the first wrong value
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

        /** Every name from its strongest source; null when there is none. */
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

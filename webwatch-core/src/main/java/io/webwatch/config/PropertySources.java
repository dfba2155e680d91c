package io.webwatch.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Provides the property sources of an application without Spring. */
public final class PropertySources {
    private PropertySources() {}

    /** Returns a source of the given texts by full name. */
    public static PropertySource of(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return new PropertySource() {
            @Override
            public @Nullable String get(String name) {
                return copy.get(name);
            }

            @Override
            public Collection<String> names() {
                return copy.keySet().stream()
                        .filter(name -> name.startsWith(WebWatchProperties.PREFIX))
                        .toList();
            }
        };
    }

    /** Returns a source of the system properties of the JVM. */
    public static PropertySource systemProperties() {
        return new PropertySource() {
            @Override
            public @Nullable String get(String name) {
                return System.getProperty(name);
            }

            @Override
            public Collection<String> names() {
                return System.getProperties().stringPropertyNames().stream()
                        .filter(name -> name.startsWith(WebWatchProperties.PREFIX))
                        .toList();
            }
        };
    }

    /**
     * Returns a source of environment variables. The variable for {@code webwatch.buffer.max-bytes} is {@code
     * WEBWATCH_BUFFER_MAXBYTES}, as in Spring, or {@code WEBWATCH_BUFFER_MAX_BYTES}. For a name in a map, underscores
     * stand for dots: {@code WEBWATCH_KAFKA_PROPERTIES_LINGER_MS} is {@code webwatch.kafka.properties.linger.ms}.
     */
    public static PropertySource environment(Map<String, String> environment) {
        Map<String, String> copy = Map.copyOf(environment);
        return new PropertySource() {
            @Override
            public @Nullable String get(String name) {
                String upper = variable(name);
                String spring = copy.get(upper.replace("-", ""));
                return spring != null ? spring : copy.get(upper.replace('-', '_'));
            }

            @Override
            public Map<String, String> below(String name) {
                String spring = variable(name).replace("-", "") + '_';
                String dashes = variable(name).replace('-', '_') + '_';
                Map<String, String> texts = new TreeMap<>();
                copy.forEach((variable, text) -> {
                    String prefix = variable.startsWith(spring) ? spring : dashes;
                    if (variable.startsWith(prefix)) {
                        String rest = variable.substring(prefix.length());
                        texts.put(rest.toLowerCase(Locale.ROOT).replace('_', '.'), text);
                    }
                });
                return texts;
            }
        };
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /**
     * Returns a source of the file {@code webwatch.properties} at the root of the class path. The source is empty if
     * there is no such file.
     *
     * @throws ConfigurationException if the file cannot be read
     */
    public static PropertySource classPath(ClassLoader loader) {
        Properties properties = new Properties();
        try (InputStream in = loader.getResourceAsStream("webwatch.properties")) {
            if (in != null) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "webwatch.properties", "the file", "cannot be read: " + e.getMessage(), "Correct or remove it.");
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return of(values);
    }
}

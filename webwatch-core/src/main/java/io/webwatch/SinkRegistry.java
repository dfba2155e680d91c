package io.webwatch;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.sink.SinkFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the sinks on the class path and selects those to use. */
final class SinkRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatch.class);
    private static final Map<String, String> ARTIFACTS = Map.of(
            "duckdb",
            "io.webwatch:webwatch-duckdb",
            "influxdb",
            "io.webwatch:webwatch-influxdb",
            "kafka",
            "io.webwatch:webwatch-kafka");

    private final Map<String, SinkFactory> factories = new LinkedHashMap<>();

    SinkRegistry(List<SinkFactory> given, ClassLoader loader) {
        given.forEach(factory -> factories.put(factory.name(), factory));
        Iterator<SinkFactory> found =
                ServiceLoader.load(SinkFactory.class, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                SinkFactory factory = found.next();
                factories.putIfAbsent(factory.name(), factory);
            } catch (ServiceConfigurationError e) { // a broken jar must not disable the other sinks
                LOG.warn("Could not load a sink on the class path. WebWatch runs without it: {}", e.getMessage());
            }
        }
    }

    /**
     * Returns the sinks to use: those that are configured by name, or by default those whose required properties are set.
     *
     * @throws ConfigurationException if a configured sink is not on the class path, or a property of a sink is invalid
     */
    List<SinkFactory> chosen(WebWatchConfig config) {
        List<SinkFactory> chosen = new ArrayList<>();
        if (config.find(WebWatchProperties.SINKS).isPresent()) {
            for (String name : config.list(WebWatchProperties.SINKS)) {
                chosen.add(named(name));
            }
        } else {
            factories.values().stream()
                    .filter(factory -> factory.isConfigured(config))
                    .forEach(chosen::add);
        }
        chosen.forEach(factory -> factory.validate(config));
        return chosen;
    }

    private SinkFactory named(String name) {
        SinkFactory factory = factories.get(name);
        if (factory != null) {
            return factory;
        }
        String artifact = ARTIFACTS.get(name);
        throw new ConfigurationException(
                WebWatchProperties.SINKS.name(),
                name,
                "is not on the class path",
                artifact == null
                        ? "Available sinks: " + String.join(", ", factories.keySet()) + "."
                        : "Add the dependency " + artifact + ".");
    }
}

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

/** Finds the sinks on the class path and chooses among them. */
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
            } catch (ServiceConfigurationError e) { // one broken jar must not take the others along
                LOG.warn("A sink on the class path cannot be loaded and is left out: {}", e.getMessage());
            }
        }
    }

    /**
     * The sinks to use.
     *
     * @throws ConfigurationException for a named sink that is absent, or a wrong value of a sink's property
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
                artifact == null ? "There are: " + factories.keySet() + "." : "Add the dependency " + artifact + ".");
    }
}

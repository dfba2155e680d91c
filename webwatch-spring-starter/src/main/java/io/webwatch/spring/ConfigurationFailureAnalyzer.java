package io.webwatch.spring;

import io.webwatch.config.ConfigurationException;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Explains which property prevents the application from starting, where it is set, and what to do. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
    private final Environment environment;

    ConfigurationFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), cause.property());
        String problem = message.endsWith(cause.remedy())
                ? message.substring(0, message.length() - cause.remedy().length())
                        .strip()
                : message;
        Origin origin = origin(cause.property());
        String description = "The configuration of WebWatch is invalid:\n\n    " + problem
                + (origin == null ? "" : "\n    The value is set in " + origin + ".");
        return new FailureAnalysis(description, cause.remedy(), cause);
    }

    private @Nullable Origin origin(String property) {
        if (!ConfigurationPropertyName.isValid(property)) {
            return null;
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .map(found -> found.getOrigin())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}

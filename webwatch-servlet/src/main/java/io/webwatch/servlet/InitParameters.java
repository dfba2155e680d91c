package io.webwatch.servlet;

import io.webwatch.config.PropertySource;
import io.webwatch.config.WebWatchProperties;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Properties from init parameters. Names in a filter or servlet of WebWatch may omit the prefix {@code webwatch.}.
 * Immutable.
 */
final class InitParameters implements PropertySource {
    private final Map<String, String> values;

    private InitParameters(Map<String, String> values) {
        this.values = values;
    }

    InitParameters(FilterConfig config) {
        this(new HashMap<>());
        for (String name : Collections.list(config.getInitParameterNames())) {
            put(name, config.getInitParameter(name));
        }
    }

    InitParameters(ServletConfig config) {
        this(new HashMap<>());
        for (String name : Collections.list(config.getInitParameterNames())) {
            put(name, config.getInitParameter(name));
        }
    }

    InitParameters(FilterRegistration registration) {
        this(new HashMap<>());
        registration.getInitParameters().forEach(this::put);
    }

    /**
     * Returns the properties of a servlet context. Only full names count, because other libraries use the same
     * parameters.
     */
    static InitParameters of(ServletContext context) {
        Map<String, String> values = new HashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(WebWatchProperties.PREFIX)) {
                values.put(name, context.getInitParameter(name));
            }
        }
        return new InitParameters(values);
    }

    private void put(String name, String value) {
        values.put(name.startsWith(WebWatchProperties.PREFIX) ? name : WebWatchProperties.PREFIX + name, value);
    }

    @Override
    public @Nullable String get(String name) {
        return values.get(name);
    }

    @Override
    public Collection<String> names() {
        return values.keySet();
    }
}

package io.webwatch.spring;

import io.webwatch.config.PropertySource;
import io.webwatch.config.WebWatchProperties;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/** Provides the {@code webwatch.*} properties of a Spring environment, with relaxed binding and placeholders. */
final class EnvironmentSource implements PropertySource {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("webwatch");
    private static final Set<String> LISTS = lists();

    private final Environment environment;
    private final Binder binder;

    EnvironmentSource(Environment environment) {
        this.environment = environment;
        this.binder = Binder.get(environment);
    }

    @Override
    public @Nullable String get(String name) {
        if (LISTS.contains(name)) {
            List<String> elements =
                    binder.bind(name, Bindable.listOf(String.class)).orElse(null);
            return elements == null ? null : String.join(",", elements);
        }
        return binder.bind(name, Bindable.of(String.class)).orElse(null);
    }

    @Override
    public Map<String, String> below(String name) {
        return binder.bind(name, Bindable.mapOf(String.class, String.class)).orElse(Map.of());
    }

    @Override
    public Collection<String> names() {
        Set<String> known = new HashSet<>();
        WebWatchProperties.all().stream()
                .filter(property -> !property.type().isMap())
                .forEach(property -> known.add(letters(property.name())));
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(PREFIX::isAncestorOf)
                .map(name -> name.isLastElementIndexed() ? name.getParent() : name)
                .map(ConfigurationPropertyName::toString)
                .filter(name -> !known.contains(letters(name)))
                .filter(name -> WebWatchProperties.all().stream().noneMatch(property -> property.covers(name)))
                .distinct()
                .toList();
    }

    /**
     * Returns the name without dashes and in lower case, because an environment variable has neither dashes nor case.
     */
    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static Set<String> lists() {
        Set<String> names = new HashSet<>();
        WebWatchProperties.all().stream()
                .filter(property -> property.type().javaType().startsWith(List.class.getName()))
                .forEach(property -> names.add(property.name()));
        return names;
    }
}

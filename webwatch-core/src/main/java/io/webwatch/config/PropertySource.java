package io.webwatch.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Provides the texts of properties. */
public interface PropertySource {
    /** Returns the text of the property with the given full name, such as {@code webwatch.path}, or null. */
    @Nullable
    String get(String name);

    /**
     * Returns all texts whose full names begin with the given name and a dot. The keys are the rest of the full names:
     * for {@code webwatch.x}, the key of {@code webwatch.x.a.b} is {@code a.b}.
     */
    default Map<String, String> below(String name) {
        Map<String, String> texts = new TreeMap<>();
        for (String full : names()) {
            String text = full.startsWith(name + '.') ? get(full) : null;
            if (text != null) {
                texts.put(full.substring(name.length() + 1), text);
            }
        }
        return texts;
    }

    /**
     * Returns the full names of this source that begin with {@link WebWatchProperties#PREFIX}; empty if the source
     * cannot list its names.
     */
    default Collection<String> names() {
        return List.of();
    }
}

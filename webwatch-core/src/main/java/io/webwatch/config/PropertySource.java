package io.webwatch.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where values of properties come from. */
public interface PropertySource {
    /** The text of the property of that full name, such as {@code webwatch.path}, or null. */
    @Nullable
    String get(String name);

    /**
     * Texts by the rest of their names, of what this source holds below that name: of {@code webwatch.x} the {@code a.b} of
     * {@code webwatch.x.a.b}.
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

    /** Names below {@link WebWatchProperties#PREFIX} that this source holds, as far as it can tell. */
    default Collection<String> names() {
        return List.of();
    }
}

package io.webwatch.config;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where values of properties come from. */
public interface PropertySource {
    /** The text of the property of that full name, such as {@code webwatch.path}, or null. */
    @Nullable
    String get(String name);

    /** Names below {@link WebWatchProperties#PREFIX} that this source holds, as far as it can tell. */
    default Collection<String> names() {
        return List.of();
    }
}

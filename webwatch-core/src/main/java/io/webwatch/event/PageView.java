package io.webwatch.event;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page was shown.
 *
 * @param loadMillis time from the start of the navigation to the load event
 */
public record PageView(Kind kind, @Nullable Long loadMillis) implements EventData {
    @Override
    public EventType type() {
        return EventType.PAGE_VIEW;
    }

    @Override
    public void writeTo(AttributeWriter out) {
        out.text("kind", kind.id());
        out.integer("load_ms", loadMillis);
    }

    static PageView readFrom(AttributeReader in) {
        return new PageView(in.constant("kind", Kind::byId), in.integer("load_ms"));
    }

    /** Why a page was shown. */
    public enum Kind {
        LOAD,
        SPA,
        RESTORE,
        NOSCRIPT;

        private static final Map<String, Kind> BY_ID =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(Kind::id, Function.identity()));

        private final String id = name().toLowerCase(Locale.ROOT);

        /** Returns the name on the wire and in stores. */
        public String id() {
            return id;
        }

        /** Returns the kind with that name, or null if there is none. */
        public static @Nullable Kind byId(String id) {
            return BY_ID.get(id);
        }
    }
}

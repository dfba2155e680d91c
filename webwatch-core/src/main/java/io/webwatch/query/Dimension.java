package io.webwatch.query;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An attribute by which results are grouped and filtered. */
public enum Dimension {
    SITE,
    TYPE,
    HOST,
    PATH,
    ROUTE,
    TITLE,
    REFERRER,
    CHANNEL,
    UTM_SOURCE,
    UTM_MEDIUM,
    UTM_CAMPAIGN,
    DEVICE,
    BROWSER,
    OS,
    COUNTRY,
    LANGUAGE,
    /** Width and height, such as {@code 1920x1080}. */
    SCREEN,
    /** Path of the first page view of a session. */
    ENTRY_PAGE,
    /** Path of the last page view of a session. */
    EXIT_PAGE,
    /** Element of a click or hover. */
    ELEMENT,
    /** Name of a custom event. */
    NAME,
    /** File of a download. */
    FILE,
    FORM,
    MEDIA,
    IMAGE,
    USER,
    /** Why a visitor is considered a bot. */
    BOT;

    private static final Map<String, Dimension> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Dimension::id, dimension -> dimension));

    private final String id = name().toLowerCase(Locale.ROOT);

    /** Returns the name in requests and results. */
    public String id() {
        return id;
    }

    /** Returns the dimension with the given name, or null. */
    public static @Nullable Dimension byId(String id) {
        return BY_ID.get(id);
    }
}

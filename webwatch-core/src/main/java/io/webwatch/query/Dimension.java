package io.webwatch.query;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What results can be split and filtered by. */
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
    /** Path of a session's first page view. */
    ENTRY_PAGE,
    /** Path of a session's last page view. */
    EXIT_PAGE,
    /** Element of clicks and hovers. */
    ELEMENT,
    /** Name of custom events. */
    NAME,
    /** File of downloads. */
    FILE,
    FORM,
    MEDIA,
    IMAGE,
    USER,
    /** Reason for which a visitor is taken for a bot. */
    BOT;

    private static final Map<String, Dimension> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Dimension::id, dimension -> dimension));

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name in requests and results. */
    public String id() {
        return id;
    }

    /** The dimension of that name, or null. */
    public static @Nullable Dimension byId(String id) {
        return BY_ID.get(id);
    }
}

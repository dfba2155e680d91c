package io.webwatch.wire;

import org.jspecify.annotations.Nullable;

/**
 * The context of a batch as the client told it, checked and bounded but not yet interpreted. See {@code
 * docs/protocol.md} for keys and limits. Immutable.
 *
 * @param pageView page view id
 * @param url absolute address of the page
 * @param screenWidth CSS pixels, 0 when not told; so the other three
 * @param touchPoints 0 when not told
 * @param route template that the page was told by its server
 */
public record WireContext(
        String pageView,
        String url,
        @Nullable String referrer,
        @Nullable String title,
        @Nullable String site,
        @Nullable String language,
        @Nullable String timeZone,
        int screenWidth,
        int screenHeight,
        int viewportWidth,
        int viewportHeight,
        int touchPoints,
        @Nullable String route,
        @Nullable String user,
        @Nullable String visitor) {}

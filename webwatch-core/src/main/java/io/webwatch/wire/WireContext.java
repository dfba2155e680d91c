package io.webwatch.wire;

import org.jspecify.annotations.Nullable;

/**
 * The context of a batch as sent by the client, validated but not yet interpreted. See {@code docs/protocol.md} for keys
 * and limits. Immutable.
 *
 * @param pageView page view id
 * @param url absolute address of the page
 * @param screenWidth in CSS pixels, 0 if not sent; likewise the other three
 * @param touchPoints 0 if not sent
 * @param route route template that the server wrote into the page
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

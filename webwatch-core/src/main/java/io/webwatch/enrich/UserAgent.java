package io.webwatch.enrich;

import io.webwatch.event.EventContext.DeviceKind;
import org.jspecify.annotations.Nullable;

/** What a user agent says about the client. Immutable; null means "not known". */
record UserAgent(
        DeviceKind device,
        @Nullable String browser,
        @Nullable String browserVersion,
        @Nullable String os,
        @Nullable String osVersion) {
    private static final String NOT_PARSED = "(unparsed)";

    /** A user agent that was not parsed, because that would have taken too much time. */
    static final UserAgent UNPARSED = new UserAgent(DeviceKind.UNKNOWN, NOT_PARSED, null, NOT_PARSED, null);

    /** A missing user agent. */
    static final UserAgent NONE = new UserAgent(DeviceKind.UNKNOWN, null, null, null, null);
}

package io.webwatch.enrich;

import io.webwatch.event.EventContext.DeviceKind;
import org.jspecify.annotations.Nullable;

/** What a user agent tells. Immutable; null means "not told". */
record UserAgent(
        DeviceKind device,
        @Nullable String browser,
        @Nullable String browserVersion,
        @Nullable String os,
        @Nullable String osVersion) {
    private static final String NOT_PARSED = "(unparsed)";

    /** Stands for a user agent for which there was no time. */
    static final UserAgent UNPARSED = new UserAgent(DeviceKind.UNKNOWN, NOT_PARSED, null, NOT_PARSED, null);

    /** Stands for no user agent. */
    static final UserAgent NONE = new UserAgent(DeviceKind.UNKNOWN, null, null, null, null);
}

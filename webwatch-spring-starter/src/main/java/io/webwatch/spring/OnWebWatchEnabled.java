package io.webwatch.spring;

import io.webwatch.config.WebWatchProperties;

/** Matches if {@code webwatch.enabled} is true. */
final class OnWebWatchEnabled extends OnFlag {
    OnWebWatchEnabled() {
        super(WebWatchProperties.ENABLED);
    }
}

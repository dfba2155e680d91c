package io.webwatch.spring;

import io.webwatch.config.WebWatchProperties;

/** Matches if {@code webwatch.dashboard.enabled} is true. */
final class OnDashboardEnabled extends OnFlag {
    OnDashboardEnabled() {
        super(WebWatchProperties.DASHBOARD_ENABLED);
    }
}

package io.webwatch.spring;

import io.webwatch.servlet.DashboardAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The dashboard for a role of Spring Security; for nobody as long as no role is named. */
final class RoleDashboardAccess implements DashboardAccess {
    private final @Nullable String role;

    RoleDashboardAccess(@Nullable String role) {
        this.role = role;
    }

    @Override
    public Decision check(HttpServletRequest request) {
        if (role == null) {
            return Decision.deny(
                    "The dashboard is locked: Spring Security guards this application, and WebWatch does not"
                            + " know who may look. Set webwatch.dashboard.role to a role, such as ADMIN, and sign in with it.");
        }
        if (request.isUserInRole(role)) {
            return Decision.allow();
        }
        return Decision.deny(
                request.getUserPrincipal() == null
                        ? "Sign in to the application with the role of webwatch.dashboard.role to see the dashboard."
                        : "You are signed in without the role that webwatch.dashboard.role asks for.");
    }
}

package io.webwatch.spring;

import io.webwatch.servlet.DashboardAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Grants access to the dashboard to users with a role of Spring Security, or to no one if no role is configured. */
final class RoleDashboardAccess implements DashboardAccess {
    private final @Nullable String role;

    RoleDashboardAccess(@Nullable String role) {
        this.role = role;
    }

    @Override
    public Decision check(HttpServletRequest request) {
        if (role == null) {
            return Decision.deny(
                    "The dashboard is locked because this application uses Spring Security and no role grants access to"
                            + " it. Set webwatch.dashboard.role to a role, such as ADMIN, and sign in as a user with that"
                            + " role.");
        }
        if (request.isUserInRole(role)) {
            return Decision.allow();
        }
        return Decision.deny(
                request.getUserPrincipal() == null
                        ? "To see the dashboard, sign in as a user with the role in webwatch.dashboard.role."
                        : "The signed-in user does not have the role in webwatch.dashboard.role.");
    }
}

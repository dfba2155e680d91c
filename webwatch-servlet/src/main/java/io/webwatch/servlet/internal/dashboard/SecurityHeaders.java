package io.webwatch.servlet.internal.dashboard;

import jakarta.servlet.http.HttpServletResponse;

/** Security headers of the guarded part: no resources of other origins, nothing inline, no framing by other origins. */
public final class SecurityHeaders {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'self'";

    private SecurityHeaders() {}

    /** Sets the headers. */
    public static void apply(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}

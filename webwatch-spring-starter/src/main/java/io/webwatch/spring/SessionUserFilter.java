package io.webwatch.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * Makes the user that Spring Security keeps in the session available to requests that are answered before Spring
 * Security. Does not create a session, and does not trust anything that the client sends.
 */
final class SessionUserFilter implements Filter {
    /** The attribute in which {@code HttpSessionSecurityContextRepository} keeps the security context. */
    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request instanceof HttpServletRequest http ? new SessionUserRequest(http) : request, response);
    }

    private static final class SessionUserRequest extends HttpServletRequestWrapper {
        SessionUserRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getRemoteUser() {
            String user = super.getRemoteUser();
            HttpSession session = user == null ? getSession(false) : null;
            if (session == null || !(session.getAttribute(CONTEXT) instanceof SecurityContext context)) {
                return user;
            }
            // Spring Security never stores an anonymous user in the session, so this one has signed in.
            Authentication authentication = context.getAuthentication();
            return authentication != null && authentication.isAuthenticated() ? authentication.getName() : null;
        }
    }
}

package io.webwatch.servlet;

import io.webwatch.config.WebWatchConfig;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Who may see the dashboard and ask for figures. Asked for each request to the guarded part; must be thread-safe and
 * quick.
 */
@FunctionalInterface
public interface DashboardAccess {
    /** May this request be answered? */
    Decision check(HttpServletRequest request);

    /** Everyone may; for applications that guard the path themselves. */
    static DashboardAccess open() {
        return request -> Decision.allow();
    }

    /**
     * HTTP Basic (RFC 7617) with {@code webwatch.dashboard.username} and {@code webwatch.dashboard.password}. When there
     * is no password, one is generated and logged, once, here.
     */
    static DashboardAccess basic(WebWatchConfig config) {
        return BasicDashboardAccess.of(config);
    }

    /** An answer. */
    enum Outcome {
        /** The request is answered. */
        ALLOW,
        /** 401: the client is asked who it is. */
        CHALLENGE,
        /** 403: the detail says why, and what to do. */
        DENY,
        /** 429: after too many failed attempts. */
        THROTTLE
    }

    /**
     * An answer with what goes with it. Immutable.
     *
     * @param detail the {@code WWW-Authenticate} header of a challenge, a sentence for a person when denied, else empty
     * @param retryAfterSeconds how long a throttled client has to wait
     */
    record Decision(Outcome outcome, String detail, int retryAfterSeconds) {
        private static final Decision ALLOWED = new Decision(Outcome.ALLOW, "", 0);

        /** The request is answered. */
        public static Decision allow() {
            return ALLOWED;
        }

        /** The client is asked who it is, by this {@code WWW-Authenticate} header. */
        public static Decision challenge(String wwwAuthenticate) {
            return new Decision(Outcome.CHALLENGE, wwwAuthenticate, 0);
        }

        /** The request is refused; the sentence says why and what to do, and stands on the page. */
        public static Decision deny(String remedy) {
            return new Decision(Outcome.DENY, remedy, 0);
        }

        /** The request is refused for now. */
        public static Decision throttle(int retryAfterSeconds) {
            return new Decision(Outcome.THROTTLE, "", retryAfterSeconds);
        }
    }
}

package io.webwatch.servlet;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.runtime.TimeSource;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Decides who may see the dashboard and query figures. Called for each request to the guarded part. Implementations
 * must be thread-safe and fast.
 */
@FunctionalInterface
public interface DashboardAccess {
    /** Decides whether a request is answered. */
    Decision check(HttpServletRequest request);

    /** Returns an access that admits everyone, for applications that protect the path themselves. */
    static DashboardAccess open() {
        return request -> Decision.allow();
    }

    /**
     * Returns an access by HTTP Basic (RFC 7617) with {@code webwatch.dashboard.username} and
     * {@code webwatch.dashboard.password}. If no password is set, this method generates one and logs it.
     *
     * @throws io.webwatch.config.ConfigurationException if a property has a wrong value
     */
    static DashboardAccess basic(WebWatchConfig config) {
        return BasicDashboardAccess.of(config, TimeSource.SYSTEM);
    }

    /** The kinds of decisions. */
    enum Outcome {
        /** The request is answered. */
        ALLOW,
        /** The client must sign in (401). */
        CHALLENGE,
        /** The client has no access (403); the detail says why and what to do. */
        DENY,
        /** The client has failed to sign in too often (429). */
        THROTTLE
    }

    /**
     * A decision with its details. Immutable.
     *
     * @param outcome the kind of the decision
     * @param detail the {@code WWW-Authenticate} header of a challenge, a sentence for the user when denied,
     *     otherwise empty
     * @param retryAfterSeconds how long a throttled client has to wait, otherwise 0
     */
    record Decision(Outcome outcome, String detail, int retryAfterSeconds) {
        private static final Decision ALLOWED = new Decision(Outcome.ALLOW, "", 0);

        /** Returns the decision to answer the request. */
        public static Decision allow() {
            return ALLOWED;
        }

        /**
         * Returns the decision that the client must sign in.
         *
         * @param wwwAuthenticate the {@code WWW-Authenticate} header
         */
        public static Decision challenge(String wwwAuthenticate) {
            return new Decision(Outcome.CHALLENGE, wwwAuthenticate, 0);
        }

        /**
         * Returns the decision to refuse the request.
         *
         * @param remedy a sentence for the user that says why, and what to do; shown on the page
         */
        public static Decision deny(String remedy) {
            return new Decision(Outcome.DENY, remedy, 0);
        }

        /** Returns the decision to refuse requests of the client for some time. */
        public static Decision throttle(int retryAfterSeconds) {
            return new Decision(Outcome.THROTTLE, "", retryAfterSeconds);
        }
    }
}

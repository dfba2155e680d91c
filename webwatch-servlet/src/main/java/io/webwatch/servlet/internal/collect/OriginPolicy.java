package io.webwatch.servlet.internal.collect;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.internal.client.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides which origins may send events, and sets their CORS headers (Fetch standard). Immutable. */
final class OriginPolicy {
    private final Set<String> allowed;
    private final boolean all;
    private final ClientAddresses addresses;

    OriginPolicy(WebWatchConfig config, ClientAddresses addresses) {
        this.addresses = addresses;
        List<String> origins = config.list(WebWatchProperties.COLLECTOR_ALLOWED_ORIGINS);
        this.all = origins.contains("*");
        Set<String> normal = new HashSet<>();
        for (String origin : origins) {
            if (!origin.equals("*")) {
                normal.add(checked(origin));
            }
        }
        this.allowed = Set.copyOf(normal);
    }

    private static String checked(String origin) {
        try {
            URI uri = URI.create(origin);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null) {
                return origin.toLowerCase(Locale.ROOT);
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new ConfigurationException(
                WebWatchProperties.COLLECTOR_ALLOWED_ORIGINS.name(),
                origin,
                "is not an origin",
                "Give scheme and host such as https://www.example.org, without a path, or *.");
    }

    /** Returns whether pages of other origins may use this server. */
    boolean allowsOthers() {
        return all || !allowed.isEmpty();
    }

    /** Returns whether the request comes from this site or an allowed origin, or has no {@code Origin}. */
    boolean admits(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || isSame(request, origin) || isAllowed(origin);
    }

    /** Allows a page of another origin to read the response, if that origin is allowed. */
    void setCorsHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (!allowsOthers()) {
            return;
        }
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin != null && isAllowed(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true"); // beacons are always sent with credentials
            response.setHeader("Access-Control-Expose-Headers", "WebWatch-Dropped, Retry-After");
        }
    }

    private boolean isAllowed(String origin) {
        return all || allowed.contains(origin.toLowerCase(Locale.ROOT));
    }

    private boolean isSame(HttpServletRequest request, String origin) {
        if ("same-origin".equals(request.getHeader("Sec-Fetch-Site"))) {
            return true;
        }
        int authority = origin.indexOf("://");
        if (authority < 0) {
            return false; // sandboxed pages and files send "null"
        }
        boolean secure = origin.regionMatches(true, 0, "https:", 0, 6);
        String wanted = withPort(origin.substring(authority + 3), secure);
        for (String host : addresses.hostsOf(request)) {
            if (withPort(host, secure).equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Adds the default port of the origin's scheme, because a proxy that terminates TLS hides the scheme. */
    private static String withPort(String host, boolean secure) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host : host + (secure ? ":443" : ":80");
    }
}

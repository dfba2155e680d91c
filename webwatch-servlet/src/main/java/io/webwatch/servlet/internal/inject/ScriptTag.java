package io.webwatch.servlet.internal.inject;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Consent;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.config.WebWatchProperties.PrivacySignal;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.internal.http.Html;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the script tag of the tracker, with its address as seen from the page and the tracker's settings. Immutable.
 */
final class ScriptTag {
    private static final String ROUTE = "io.webwatch.route";
    private static final String SPRING_ROUTE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

    private final ClientAddresses addresses;
    private final String path;
    private final String script;
    private final String settings;
    private final List<String> include;
    private final List<String> exclude;

    ScriptTag(WebWatchConfig config, String scriptHash, ClientAddresses addresses) {
        this.addresses = addresses;
        this.path = config.get(WebWatchProperties.PATH);
        this.script = path + "/ww.js?v=" + scriptHash;
        this.settings = settings(config);
        this.include = config.list(WebWatchProperties.TRACKER_INCLUDE);
        this.exclude = config.list(WebWatchProperties.TRACKER_EXCLUDE);
    }

    /** Returns the attributes that are the same on every page. */
    private static String settings(WebWatchConfig config) {
        StringBuilder attributes = new StringBuilder();
        String site = config.get(WebWatchProperties.SITE);
        if (!site.equals(WebWatchProperties.SITE.defaultText())) {
            attribute(attributes, "data-site", site);
        }
        String captures = String.join(",", config.get(WebWatchProperties.TRACKER_CAPTURE));
        if (!captures.equals(WebWatchProperties.TRACKER_CAPTURE.defaultText())) {
            attribute(attributes, "data-capture", captures);
        }
        list(attributes, "data-query-params", config.list(WebWatchProperties.PRIVACY_QUERY_PARAMS));
        list(attributes, "data-downloads", config.list(WebWatchProperties.TRACKER_DOWNLOADS));
        if (config.get(WebWatchProperties.TRACKER_CONSENT) == Consent.REQUIRED) {
            attribute(attributes, "data-consent", "required");
        }
        if (config.get(WebWatchProperties.PRIVACY_IDENTITY) == Identity.STORAGE) {
            attribute(attributes, "data-storage", signals(config));
        }
        return attributes.toString();
    }

    /** Returns the properties of the browser's navigator with which a visitor can object to being recognised. */
    private static String signals(WebWatchConfig config) {
        List<String> names = new ArrayList<>();
        if (config.get(WebWatchProperties.PRIVACY_GPC) != PrivacySignal.IGNORE) {
            names.add("globalPrivacyControl");
        }
        if (config.get(WebWatchProperties.PRIVACY_DNT) != PrivacySignal.IGNORE) {
            names.add("doNotTrack");
        }
        return String.join(",", names);
    }

    /** Returns the tag that an application can write into its pages itself. */
    String suggestion() {
        return "<script defer src=\"" + path + "/ww.js\"" + settings + "></script>";
    }

    /** Returns the tag for a page in pure ASCII. */
    byte[] bytes(HttpServletRequest request, HttpServletResponse response, HtmlScanner scanner) {
        StringBuilder tag = new StringBuilder(200);
        tag.append(scanner.isXml() ? "<script defer=\"defer\"" : "<script defer");
        attribute(tag, "src", scanner.hasBase() ? absolute(request) : relative(request));
        tag.append(settings);
        if (!include.isEmpty() || !exclude.isEmpty()) {
            String root = prefix(request) + request.getContextPath();
            list(tag, "data-include", below(root, include));
            list(tag, "data-exclude", below(root, exclude));
        }
        String route = route(request);
        if (route != null) {
            attribute(tag, "data-route", route);
        }
        String nonce = scanner.nonce() != null ? scanner.nonce() : ContentSecurityPolicy.nonce(response);
        if (nonce != null) {
            attribute(tag, "nonce", nonce);
        }
        return tag.append("></script>").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static @Nullable String route(HttpServletRequest request) {
        if (request.getAttribute(ROUTE) instanceof String route) {
            return route;
        }
        // on an error page this is the route of the error handler; "/**" is the route of static files
        return request.getDispatcherType() != DispatcherType.ERROR
                        && request.getAttribute(SPRING_ROUTE) instanceof String pattern
                        && !pattern.equals("/**")
                ? pattern
                : null;
    }

    /**
     * Returns the address relative to the requested page, which is correct behind proxies that strip or add a prefix.
     */
    private String relative(HttpServletRequest request) {
        String uri = OriginalUri.of(request);
        String context = request.getContextPath();
        if (uri.length() <= context.length()) {
            return context.substring(context.lastIndexOf('/') + 1) + script;
        }
        StringBuilder address = new StringBuilder();
        for (int i = context.length() + 1; i < uri.length(); i++) {
            if (uri.charAt(i) == '/') {
                address.append("../");
            }
        }
        return address.append(script, 1, script.length()).toString();
    }

    /**
     * Returns the address for a page with a {@code <base>}: with the host as the client names it, and without a scheme,
     * because a proxy may hide the page's scheme from the server.
     */
    private String absolute(HttpServletRequest request) {
        List<String> hosts = addresses.hostsOf(request);
        return (hosts.isEmpty() ? "" : "//" + hosts.get(0)) + prefix(request) + request.getContextPath() + script;
    }

    /** Returns the path prefix that a trusted proxy has removed. */
    private String prefix(HttpServletRequest request) {
        String prefix = request.getHeader("X-Forwarded-Prefix");
        return prefix != null && prefix.startsWith("/") && addresses.isTrustedPeer(request)
                ? prefix.replaceAll("/+$", "")
                : "";
    }

    /** Returns the patterns as the browser sees them, which knows neither the context path nor the proxy. */
    private static List<String> below(String root, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.startsWith("/") ? root + pattern : pattern)
                .toList();
    }

    private static void list(StringBuilder tag, String name, List<String> values) {
        if (!values.isEmpty()) {
            attribute(tag, name, String.join(",", values));
        }
    }

    private static void attribute(StringBuilder tag, String name, String value) {
        tag.append(' ').append(name).append("=\"").append(Html.escape(value)).append('"');
    }
}

package io.webwatch.servlet.internal.inject;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Consent;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.config.WebWatchProperties.PrivacySignal;
import io.webwatch.servlet.HttpState;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.internal.http.Html;
import io.webwatch.servlet.internal.http.MediaTypes;
import io.webwatch.servlet.internal.inject.HtmlPages.Outcome;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which pages get the tracker's tag, and how it reads. Thread-safe. */
public final class ScriptInjection {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptInjection.class);
    private static final String ROUTE = "io.webwatch.route";
    private static final String SPRING_ROUTE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";
    private static final String ASYNC_URI = "jakarta.servlet.async.request_uri";
    private static final List<String> DOCUMENTS = List.of("document", "iframe", "frame", "embed", "object");

    private final ClientAddresses addresses;
    private final PathPatterns include;
    private final PathPatterns exclude;
    private final String path;
    private final String script;
    private final String fixedAttributes;
    private final List<String> includeList;
    private final List<String> excludeList;
    private final HtmlPages pages;
    private final AtomicBoolean suggested = new AtomicBoolean();

    public ScriptInjection(WebWatchConfig config, String scriptHash, HttpState state) {
        this.addresses = state.admission().addresses();
        this.pages = state.pages();
        this.include = new PathPatterns(config.list(WebWatchProperties.TRACKER_INCLUDE));
        this.exclude = new PathPatterns(config.list(WebWatchProperties.TRACKER_EXCLUDE));
        this.path = config.get(WebWatchProperties.PATH);
        this.script = path + "/ww.js?v=" + scriptHash;
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
        this.includeList = config.list(WebWatchProperties.TRACKER_INCLUDE);
        this.excludeList = config.list(WebWatchProperties.TRACKER_EXCLUDE);
        this.fixedAttributes = attributes.toString();
    }

    /** The properties of the browser's navigator by which a visitor forbids to be recognised. */
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

    private static void list(StringBuilder tag, String name, List<String> values) {
        if (!values.isEmpty()) {
            attribute(tag, name, String.join(",", values));
        }
    }

    HtmlPages pages() {
        return pages;
    }

    /** Whether the answer to the request may be a page that is to get the tag. */
    public boolean wants(HttpServletRequest request) {
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("POST")) {
            return false; // HEAD has no body to put it in
        }
        return acceptsHtml(request) && isIncluded(request);
    }

    private static boolean acceptsHtml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String destination = request.getHeader("Sec-Fetch-Dest");
        boolean named = accept != null && (accept.contains("text/html") || accept.contains("application/xhtml+xml"));
        if (named) {
            return destination == null || destination.equals("empty") || DOCUMENTS.contains(destination);
        }
        // "anything" is what scripts and images say too; a browser tells the difference
        return (accept == null || accept.contains("*/*") || accept.contains("text/*"))
                && (destination == null || DOCUMENTS.contains(destination));
    }

    private boolean isIncluded(HttpServletRequest request) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        String uri = originalUri(request);
        int context = request.getContextPath().length();
        int parameters = uri.indexOf(';');
        String page = uri.substring(Math.min(context, uri.length()), parameters < context ? uri.length() : parameters);
        return (include.isEmpty() || include.match(page)) && !exclude.match(page);
    }

    /** Whether the body about to be written is a page that the tag can be put in; if not, counts why. */
    boolean takes(HttpServletResponse response) {
        String contentType = response.getContentType();
        int status = response.getStatus();
        if (contentType == null || !isHtml(contentType) || status == 206 || status == 304 || status == 204) {
            return false;
        }
        String coding = response.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return untouched(Outcome.ENCODED, "the application compresses its pages itself");
        }
        if (!AsciiCompatible.test(response.getCharacterEncoding())) {
            return untouched(Outcome.CHARSET, "a page's charset is " + response.getCharacterEncoding());
        }
        if (response.getHeader("Content-Digest") != null
                || response.getHeader("Repr-Digest") != null
                || response.getHeader("Digest") != null
                || response.getHeader("Content-MD5") != null) {
            return untouched(Outcome.DIGEST, "a page carries a digest of its bytes");
        }
        return true;
    }

    static boolean isHtml(String contentType) {
        return contentType.startsWith("text/html")
                || MediaTypes.typeOf(contentType).equals("text/html")
                || isXml(contentType);
    }

    static boolean isXml(String contentType) {
        return MediaTypes.typeOf(contentType).equals("application/xhtml+xml");
    }

    private boolean untouched(Outcome outcome, String why) {
        pages.count(outcome);
        if (suggested.compareAndSet(false, true)) {
            LOG.warn(
                    "WebWatch leaves pages as they are because {}; put this tag into them: <script defer src=\"{}\"{}>"
                            + "</script>",
                    why,
                    path + "/ww.js",
                    fixedAttributes);
        }
        return false;
    }

    /** The tag; all of it is ASCII. */
    byte[] tag(HttpServletRequest request, HttpServletResponse response, HtmlScanner scanner, boolean xml) {
        StringBuilder tag = new StringBuilder(200);
        tag.append(xml ? "<script defer=\"defer\"" : "<script defer");
        attribute(tag, "src", scanner.hasBase() ? absolute(request) : relative(request));
        tag.append(fixedAttributes);
        if (!includeList.isEmpty() || !excludeList.isEmpty()) {
            String root = prefix(request) + request.getContextPath();
            list(tag, "data-include", below(root, includeList));
            list(tag, "data-exclude", below(root, excludeList));
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
        // of an error page it is the route of the error handler; "/**" is that of static files
        return request.getDispatcherType() != DispatcherType.ERROR
                        && request.getAttribute(SPRING_ROUTE) instanceof String pattern
                        && !pattern.equals("/**")
                ? pattern
                : null;
    }

    /** From the page that the browser asked for: right behind any proxy that strips or adds a prefix. */
    private String relative(HttpServletRequest request) {
        String uri = originalUri(request);
        String context = request.getContextPath();
        StringBuilder address = new StringBuilder();
        if (uri.length() <= context.length()) {
            return context.substring(context.lastIndexOf('/') + 1) + script;
        }
        for (int i = context.length() + 1; i < uri.length(); i++) {
            if (uri.charAt(i) == '/') {
                address.append("../");
            }
        }
        return address.append(script, 1, script.length()).toString();
    }

    /** As the browser sees them, which knows neither context nor proxy. */
    private static List<String> below(String root, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.startsWith("/") ? root + pattern : pattern)
                .toList();
    }

    /** What a trusted proxy has cut off. */
    private String prefix(HttpServletRequest request) {
        String prefix = request.getHeader("X-Forwarded-Prefix");
        return prefix != null && prefix.startsWith("/") && addresses.isTrustedPeer(request)
                ? prefix.replaceAll("/+$", "")
                : "";
    }

    /** With the host as the client names it; the scheme is the page's own, which a proxy may hide from the server. */
    private String absolute(HttpServletRequest request) {
        List<String> hosts = addresses.hostsOf(request);
        return (hosts.isEmpty() ? "" : "//" + hosts.get(0)) + prefix(request) + request.getContextPath() + script;
    }

    /** As the client asked, not as an error page or an asynchronous dispatch renamed it. */
    private static String originalUri(HttpServletRequest request) {
        Object original = switch (request.getDispatcherType()) {
            case ERROR -> request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
            case ASYNC -> request.getAttribute(ASYNC_URI);
            default -> null;
        };
        return original instanceof String uri ? uri : request.getRequestURI();
    }

    private static void attribute(StringBuilder tag, String name, String value) {
        tag.append(' ').append(name).append("=\"").append(Html.escape(value)).append('"');
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "ScriptInjection[%s]", script);
    }
}

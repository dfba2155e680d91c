package io.webwatch.servlet.internal.inject;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.internal.http.HtmlPages;
import io.webwatch.servlet.internal.http.HtmlPages.Outcome;
import io.webwatch.servlet.internal.http.MediaTypes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which responses get the tag: first by the request, then by the headers of the response. Thread-safe. */
final class PageRules {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptInjection.class);
    private static final List<String> DOCUMENTS = List.of("document", "iframe", "frame", "embed", "object");
    private static final List<String> DIGESTS = List.of("Content-Digest", "Repr-Digest", "Digest", "Content-MD5");

    private final PathPatterns include;
    private final PathPatterns exclude;
    private final String suggestion;
    private final HtmlPages pages;
    private final AtomicBoolean suggested = new AtomicBoolean();

    /**
     * Creates the rules of a configuration.
     *
     * @param suggestion the tag that an application should write itself where the injection is not possible
     */
    PageRules(WebWatchConfig config, String suggestion, HtmlPages pages) {
        this.include = new PathPatterns(config.list(WebWatchProperties.TRACKER_INCLUDE));
        this.exclude = new PathPatterns(config.list(WebWatchProperties.TRACKER_EXCLUDE));
        this.suggestion = suggestion;
        this.pages = pages;
    }

    /** Returns whether the response to the request may be a page that gets the tag. */
    boolean wants(HttpServletRequest request) {
        String method = request.getMethod();
        // a response to HEAD has no body to insert the tag into
        return (method.equals("GET") || method.equals("POST")) && acceptsHtml(request) && isIncluded(request);
    }

    private static boolean acceptsHtml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String destination = request.getHeader("Sec-Fetch-Dest");
        boolean named = accept != null && (accept.contains("text/html") || accept.contains("application/xhtml+xml"));
        if (named) {
            return destination == null || destination.equals("empty") || DOCUMENTS.contains(destination);
        }
        // requests for scripts and images accept any type too; Sec-Fetch-Dest distinguishes them
        return (accept == null || accept.contains("*/*") || accept.contains("text/*"))
                && (destination == null || DOCUMENTS.contains(destination));
    }

    private boolean isIncluded(HttpServletRequest request) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        String uri = OriginalUri.of(request);
        int context = request.getContextPath().length();
        int parameters = uri.indexOf(';');
        String page = uri.substring(Math.min(context, uri.length()), parameters < context ? uri.length() : parameters);
        return (include.isEmpty() || include.match(page)) && !exclude.match(page);
    }

    /**
     * Returns whether the body that is about to be written is a page that can get the tag. Counts the reason if not.
     */
    boolean takes(HttpServletResponse response) {
        String contentType = response.getContentType();
        int status = response.getStatus();
        if (contentType == null || !isHtml(contentType) || status == 206 || status == 304 || status == 204) {
            return false;
        }
        String coding = response.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return untouched(Outcome.ENCODED, "the application compresses them itself");
        }
        if (!AsciiCompatible.test(response.getCharacterEncoding())) {
            return untouched(Outcome.CHARSET, "their charset is " + response.getCharacterEncoding());
        }
        if (DIGESTS.stream().anyMatch(name -> response.getHeader(name) != null)) {
            return untouched(Outcome.DIGEST, "they carry a digest of their bytes");
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

    private boolean untouched(Outcome outcome, String reason) {
        pages.count(outcome);
        if (suggested.compareAndSet(false, true)) {
            LOG.warn(
                    "WebWatch cannot insert its tag into some pages because {}; it leaves them unchanged. To track them,"
                            + " add this tag to their head: {}",
                    reason,
                    suggestion);
        }
        return false;
    }
}

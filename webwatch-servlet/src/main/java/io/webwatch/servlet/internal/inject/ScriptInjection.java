package io.webwatch.servlet.internal.inject;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.servlet.internal.client.ClientAddresses;
import io.webwatch.servlet.internal.http.EntityTags;
import io.webwatch.servlet.internal.http.FailureLog;
import io.webwatch.servlet.internal.http.HtmlPages;
import io.webwatch.servlet.internal.http.HtmlPages.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Inserts the tracker's tag into the application's pages. A failure of the injection is logged and leaves the page
 * without the tag; exceptions of the application pass through. Thread-safe.
 */
public final class ScriptInjection {
    private final FailureLog failures = new FailureLog(LoggerFactory.getLogger(ScriptInjection.class));
    private final PageRules rules;
    private final ScriptTag tag;
    private final HtmlPages pages;

    /**
     * Creates the injection of a configuration.
     *
     * @param scriptHash hash of the tracker, part of its address
     * @param addresses the names under which clients know this server
     * @param pages counts what happened to each page
     */
    public ScriptInjection(WebWatchConfig config, String scriptHash, ClientAddresses addresses, HtmlPages pages) {
        this.tag = new ScriptTag(config, scriptHash, addresses);
        this.rules = new PageRules(config, tag.suggestion(), pages);
        this.pages = pages;
    }

    /**
     * Lets the application answer a request, and inserts the tag if the response is a page.
     *
     * @throws IOException if the application throws it, or if the client has disconnected
     * @throws ServletException if the application throws it
     */
    public void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        InjectingResponse page = InjectingResponse.within(response); // present in a dispatch that keeps the wrapper
        if (page != null) {
            chain.doFilter(request, response);
        } else if (wants(request)) {
            page = new InjectingResponse(this, request, response);
            chain.doFilter(new InjectingRequest(request, page), page);
        } else {
            chain.doFilter(request, response);
            return;
        }
        if (!request.isAsyncStarted()) {
            page.finish();
        }
    }

    private boolean wants(HttpServletRequest request) {
        try {
            return rules.wants(request);
        } catch (RuntimeException | Error e) {
            failures.failed("examine a request", e);
            return false;
        }
    }

    /** Decides whether the body that the application is about to write is a page, and adapts its entity tag if so. */
    boolean begins(HttpServletResponse response) {
        try {
            if (response.isCommitted() || !rules.takes(response)) {
                return false;
            }
            String entityTag = response.getHeader("ETag");
            if (entityTag != null) {
                response.setHeader(
                        "ETag", EntityTags.weak(entityTag)); // the bytes differ from those the application tagged
            }
            return true;
        } catch (RuntimeException | Error e) {
            failures.failed("examine a response", e);
            return false;
        }
    }

    /** Returns the script tag; empty if the page already contains it. */
    byte[] tag(HttpServletRequest request, HttpServletResponse response, HtmlScanner scanner) {
        try {
            if (scanner.trackerPresent()) {
                pages.count(Outcome.PRESENT);
                return new byte[0];
            }
            byte[] bytes = tag.bytes(request, response, scanner);
            pages.count(Outcome.INJECTED);
            return bytes;
        } catch (RuntimeException | Error e) {
            failures.failed("write the script tag", e);
            return new byte[0];
        }
    }

    /** Counts a page that ended without a place for the tag. */
    void foundNoPlace() {
        pages.count(Outcome.NO_HEAD);
    }

    void scanFailed(Throwable failure) {
        failures.failed("scan a page", failure);
    }

    static boolean isXml(@Nullable String contentType) {
        return contentType != null && PageRules.isXml(contentType);
    }
}

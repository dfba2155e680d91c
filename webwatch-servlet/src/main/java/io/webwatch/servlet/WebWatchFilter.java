package io.webwatch.servlet;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.internal.collect.Collector;
import io.webwatch.servlet.internal.collect.Pixel;
import io.webwatch.servlet.internal.http.FailureLog;
import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.inject.ScriptInjection;
import io.webwatch.servlet.internal.tracker.TrackerEndpoint;
import io.webwatch.servlet.internal.tracker.TrackerScript;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public part of WebWatch: serves the tracker, the collector and the pixel, and inserts the tracker's tag into
 * the application's pages. Map it to every path, with the dispatcher types {@code REQUEST}, {@code ASYNC} and
 * {@code ERROR} and with support for asynchronous requests. Place it ahead of all other filters, because its
 * endpoints use neither sessions nor CSRF tokens.
 *
 * <p>{@link WebWatchServletContainerInitializer} registers the filter automatically. A {@code web.xml} can declare it
 * by class name, and an application that starts WebWatch itself uses {@link #WebWatchFilter(WebWatch)}. Thread-safe.
 *
 * <p>A failure of WebWatch is logged and does not affect the application's response. Exceptions of the application pass
 * through.
 */
public final class WebWatchFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatchFilter.class);
    private static final Problem FAILED = new Problem(503, "closed", "WebWatch failed to process the request.", 10);

    private final FailureLog failures = new FailureLog(LOG);
    private @Nullable WebWatch given;
    private @Nullable HttpState state;
    private @Nullable Endpoints endpoints;
    private @Nullable ContextLifecycle owned;

    /** The parts of a running filter. There are none if WebWatch is disabled or could not start. */
    private record Endpoints(
            String path,
            Collector collector,
            Pixel pixel,
            @Nullable TrackerEndpoint tracker,
            @Nullable ScriptInjection injection) {}

    /** Creates a filter that finds or starts the WebWatch of its servlet context when it is initialized. */
    public WebWatchFilter() {}

    /**
     * Creates a filter for a running WebWatch, which the caller must close.
     *
     * @throws io.webwatch.config.ConfigurationException if a property of the collector has a wrong value
     */
    public WebWatchFilter(WebWatch webWatch) {
        this.given = webWatch;
        this.state = new HttpState(webWatch.config());
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        WebWatch webWatch = given;
        if (webWatch == null) {
            owned = ContextLifecycle.of(config.getServletContext());
            webWatch = owned.join(new InitParameters(config));
        }
        if (webWatch != null) {
            WebWatch started = webWatch;
            HttpState shared = HttpState.of(
                    config.getServletContext(), () -> state == null ? new HttpState(started.config()) : state);
            endpoints = endpoints(webWatch, shared);
        }
    }

    private static Endpoints endpoints(WebWatch webWatch, HttpState state) {
        TrackerEndpoint tracker = null;
        ScriptInjection injection = null;
        try {
            TrackerScript script = TrackerScript.load(WebWatchFilter.class.getClassLoader(), webWatch.config());
            tracker = new TrackerEndpoint(script, state.admission().allowsOtherOrigins());
            if (webWatch.config().get(WebWatchProperties.TRACKER_INJECT)) {
                injection = new ScriptInjection(
                        webWatch.config(), script.hash(), state.admission().addresses(), state.pages());
            }
        } catch (IOException e) {
            LOG.warn(
                    "WebWatch has no tracker to serve: {}. It inserts no tag into pages, but collects the events of"
                            + " other clients.",
                    e.getMessage());
        }
        return new Endpoints(
                webWatch.config().get(WebWatchProperties.PATH),
                new Collector(webWatch, state.admission()),
                new Pixel(webWatch, state.admission()),
                tracker,
                injection);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Endpoints current = endpoints;
        if (current == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
            return;
        }
        String uri = http.getRequestURI();
        int base = http.getContextPath().length();
        int end = base + current.path.length();
        if (uri.startsWith(current.path, base) && isSegmentEnd(uri, end)) {
            boolean answered = http.getDispatcherType() == DispatcherType.REQUEST
                    && answer(current, endpoint(uri, end), http, httpResponse);
            if (!answered) {
                chain.doFilter(request, response);
            }
        } else if (current.injection != null) {
            current.injection.doFilter(http, httpResponse, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isSegmentEnd(String uri, int end) {
        return uri.length() == end || uri.charAt(end) == '/' || uri.charAt(end) == ';';
    }

    private static String endpoint(String uri, int from) {
        int parameters = uri.indexOf(';', from);
        return uri.substring(from, parameters < 0 ? uri.length() : parameters);
    }

    /** Returns whether the request was for an endpoint of the public part. */
    private boolean answer(Endpoints current, String endpoint, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            switch (endpoint) {
                case "/events" -> current.collector.handle(request, response);
                case "/pixel.gif" -> current.pixel.handle(request, response);
                case "/ww.js" -> {
                    if (current.tracker == null) {
                        return false;
                    }
                    current.tracker.handle(request, response);
                }
                default -> {
                    return false;
                }
            }
        } catch (IOException e) {
            LOG.debug("A client disconnected.", e);
        } catch (RuntimeException | Error e) {
            failures.failed("answer " + endpoint, e);
            if (!response.isCommitted()) {
                response.reset();
                FAILED.send(response);
            }
        }
        return true;
    }

    @Override
    public void destroy() {
        if (owned != null) {
            owned.leave();
        }
    }
}

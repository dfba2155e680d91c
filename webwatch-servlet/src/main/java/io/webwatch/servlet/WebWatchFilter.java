package io.webwatch.servlet;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.internal.collect.Collector;
import io.webwatch.servlet.internal.collect.Pixel;
import io.webwatch.servlet.internal.http.FailureLog;
import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.inject.InjectingRequest;
import io.webwatch.servlet.internal.inject.InjectingResponse;
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
 * The public part of WebWatch: answers the tracker, collector and pixel, and puts the tracker's tag into the
 * application's pages. Map it to every path, with the dispatcher types {@code REQUEST}, {@code ASYNC} and {@code ERROR},
 * asynchronous processing supported, before all other filters: its endpoints need no session and know no CSRF token.
 *
 * <p>Registered by itself where {@link WebWatchServletContainerInitializer} runs; with the constructor without parameters
 * in a {@code web.xml}; with {@link #WebWatchFilter(WebWatch)} by an application that starts WebWatch itself. Thread-safe.
 * Whatever fails inside it is logged, and the request goes on; what the application throws passes through.
 */
public final class WebWatchFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatchFilter.class);

    private final FailureLog failures = new FailureLog(LOG);
    private @Nullable WebWatch given;
    private @Nullable HttpState state;
    private @Nullable Runtime runtime;
    private @Nullable ContextLifecycle owned;

    /** What a running filter consults; absent when WebWatch is not enabled or could not start. */
    private record Runtime(
            String path,
            Collector collector,
            Pixel pixel,
            @Nullable TrackerEndpoint tracker,
            @Nullable ScriptInjection injection) {}

    /** A filter that finds or starts the WebWatch of its servlet context when it is initialised. */
    public WebWatchFilter() {}

    /**
     * A filter for a running WebWatch, which stays the caller's to close.
     *
     * @throws io.webwatch.config.ConfigurationException when a property of the collector has a wrong value
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
            runtime = runtime(webWatch, shared);
        }
    }

    private static Runtime runtime(WebWatch webWatch, HttpState state) {
        TrackerEndpoint tracker = null;
        ScriptInjection injection = null;
        try {
            TrackerScript script = TrackerScript.load(WebWatchFilter.class.getClassLoader(), webWatch.config());
            tracker = new TrackerEndpoint(script, state.admission().origins().allowsOthers());
            if (webWatch.config().get(WebWatchProperties.TRACKER_INJECT)) {
                injection = new ScriptInjection(webWatch.config(), script.hash(), state);
            }
        } catch (IOException e) {
            LOG.warn("WebWatch has no tracker to serve: {}. Events of other clients are still taken.", e.getMessage());
        }
        return new Runtime(
                webWatch.config().get(WebWatchProperties.PATH),
                new Collector(webWatch, state.admission()),
                new Pixel(webWatch, state.admission()),
                tracker,
                injection);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Runtime current = runtime;
        if (current == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
            return;
        }
        String uri = http.getRequestURI();
        int context = http.getContextPath().length();
        if (uri.startsWith(current.path, context) && isOurs(uri, context + current.path.length())) {
            if (http.getDispatcherType() != DispatcherType.REQUEST
                    || !answered(current, endpoint(uri, context + current.path.length()), http, httpResponse)) {
                chain.doFilter(request, response);
            }
            return;
        }
        InjectingResponse page = InjectingResponse.within(response); // of a dispatch that kept the wrapper
        if (page != null) {
            chain.doFilter(request, response);
        } else {
            page = wrapped(current, http, httpResponse);
            if (page == null) {
                chain.doFilter(request, response);
                return;
            }
            chain.doFilter(new InjectingRequest(http, page), page);
        }
        if (!http.isAsyncStarted()) {
            page.finish();
        }
    }

    private static boolean isOurs(String uri, int end) {
        return uri.length() == end || uri.charAt(end) == '/' || uri.charAt(end) == ';';
    }

    private static String endpoint(String uri, int from) {
        int parameters = uri.indexOf(';', from);
        return uri.substring(from, parameters < 0 ? uri.length() : parameters);
    }

    private boolean answered(Runtime current, String endpoint, HttpServletRequest request, HttpServletResponse response)
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
            LOG.debug("The client went away", e);
        } catch (RuntimeException | Error e) {
            failures.failed("answer " + endpoint, e);
            if (!response.isCommitted()) {
                response.reset();
                new Problem(503, "closed", "WebWatch cannot take this now.").send(response, 10);
            }
        }
        return true;
    }

    /** Null when the answer is not to be looked at. */
    private @Nullable InjectingResponse wrapped(
            Runtime current, HttpServletRequest request, HttpServletResponse response) {
        try {
            if (current.injection == null || !current.injection.wants(request)) {
                return null;
            }
            return new InjectingResponse(current.injection, request, response, failures);
        } catch (RuntimeException | Error e) {
            failures.failed("look at a request", e);
            return null;
        }
    }

    @Override
    public void destroy() {
        if (owned != null) {
            owned.leave();
        }
    }
}

package io.webwatch.servlet;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.internal.dashboard.DashboardFiles;
import io.webwatch.servlet.internal.dashboard.LiveStreams;
import io.webwatch.servlet.internal.dashboard.QueryEndpoint;
import io.webwatch.servlet.internal.dashboard.Refusals;
import io.webwatch.servlet.internal.dashboard.SecurityHeaders;
import io.webwatch.servlet.internal.dashboard.StatusEndpoint;
import io.webwatch.servlet.internal.http.FailureLog;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guarded part of WebWatch: the dashboard's files, the status, live figures and queries, as documented in
 * {@code docs/http-api.md}. Map it to {@code webwatch.path} + {@code /*} with support for asynchronous requests,
 * behind the filters that authenticate users. Thread-safe.
 */
public final class DashboardServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DashboardServlet.class);
    private static final String ATTRIBUTE = DashboardServlet.class.getName();
    private static final Problem DISABLED = new Problem(404, "not_found", "The dashboard is disabled.");
    private static final Problem NOT_FOUND = new Problem(404, "not_found", "There is no resource at this address.");
    private static final Problem READ_ONLY = new Problem(405, "method", "The dashboard only supports GET and HEAD.");
    private static final Problem FAILED =
            new Problem(503, "internal", "WebWatch failed to process the request; see the application's log.");

    private final transient FailureLog failures = new FailureLog(LOG);
    private transient @Nullable WebWatch webWatch;
    private transient @Nullable DashboardAccess access;
    private transient @Nullable ContextLifecycle owned;
    private transient @Nullable Endpoints endpoints;

    private record Endpoints(
            DashboardAccess access,
            StatusEndpoint status,
            LiveStreams streams,
            QueryEndpoint query,
            DashboardFiles files) {}

    /** Creates a servlet that finds or starts the WebWatch of its servlet context, with access by HTTP Basic. */
    public DashboardServlet() {}

    /** Creates a servlet for a running WebWatch, which the caller must close. */
    public DashboardServlet(WebWatch webWatch, DashboardAccess access) {
        this.webWatch = webWatch;
        this.access = access;
    }

    @Override
    public void init() throws ServletException {
        WebWatch current = webWatch;
        if (current == null) {
            owned = ContextLifecycle.of(getServletContext());
            current = owned.join(new InitParameters(getServletConfig()));
        }
        if (current == null || !current.config().get(WebWatchProperties.DASHBOARD_ENABLED)) {
            return;
        }
        WebWatch started = current;
        HttpState state = HttpState.of(getServletContext(), () -> new HttpState(started.config()));
        endpoints = new Endpoints(
                access == null ? DashboardAccess.basic(current.config()) : access,
                new StatusEndpoint(current, state.pages(), state.admission()::warnings),
                new LiveStreams(current),
                new QueryEndpoint(current),
                new DashboardFiles(DashboardServlet.class.getClassLoader()));
        getServletContext().setAttribute(ATTRIBUTE, this);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Endpoints current = endpoints;
        if (current == null) {
            DISABLED.send(response);
            return;
        }
        try {
            serve(current, request, response);
        } catch (IOException e) {
            LOG.debug("A client disconnected.", e);
        } catch (RuntimeException | Error e) {
            failures.failed("answer " + request.getPathInfo(), e);
            if (!response.isCommitted()) {
                response.reset();
                FAILED.send(response);
            }
        }
    }

    private static void serve(Endpoints current, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        SecurityHeaders.apply(response);
        if (!isAdmitted(current.access, request, response)) {
            return;
        }
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            READ_ONLY.send(response);
            return;
        }
        String path = request.getPathInfo();
        if (path == null) {
            redirectToSlash(request, response);
        } else {
            answer(current, path, request, response);
        }
    }

    /** Returns whether the client has access. Answers the request if not. */
    private static boolean isAdmitted(DashboardAccess access, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        DashboardAccess.Decision decision = access.check(request);
        switch (decision.outcome()) {
            case ALLOW -> {
                return true;
            }
            case CHALLENGE -> Refusals.challenge(decision.detail(), response);
            case DENY -> Refusals.deny(decision.detail(), request, response);
            case THROTTLE -> Refusals.throttle(decision.retryAfterSeconds(), response);
        }
        return false;
    }

    private static void answer(Endpoints current, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (path) {
            case "/api/status" -> current.status.status(request, response);
            case "/api/live" -> current.status.live(response);
            case "/api/live/stream" -> current.streams.open(request, response);
            case "/api/query" -> current.query.handle(request, response);
            default -> {
                if (path.startsWith("/api/") || path.equals("/api")) {
                    NOT_FOUND.send(response);
                } else {
                    current.files.serve(path, request, response);
                }
            }
        }
    }

    /** Redirects relatively, which is correct behind proxies that strip or add a prefix. */
    private static void redirectToSlash(HttpServletRequest request, HttpServletResponse response) {
        String uri = request.getRequestURI();
        int parameters = uri.indexOf(';');
        uri = parameters < 0 ? uri : uri.substring(0, parameters);
        String query = request.getQueryString();
        response.setStatus(302);
        response.setHeader(
                "Location", uri.substring(uri.lastIndexOf('/') + 1) + "/" + (query == null ? "" : "?" + query));
    }

    /**
     * Ends all live streams and refuses new ones. Call it before a graceful shutdown of the web server, which would
     * wait for the streams. {@link #destroy} calls it too. Idempotent.
     */
    public void endStreams() {
        if (endpoints != null) {
            endpoints.streams.close();
        }
    }

    static void endStreams(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof DashboardServlet servlet) {
            servlet.endStreams();
        }
    }

    @Override
    public void destroy() {
        endStreams();
        if (endpoints != null) {
            endpoints.query.close();
        }
        if (owned != null) {
            owned.leave();
        }
    }
}

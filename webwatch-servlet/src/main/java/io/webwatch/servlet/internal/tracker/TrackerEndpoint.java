package io.webwatch.servlet.internal.tracker;

import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.http.StaticFile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers {@code GET {base}/ww.js} with the tracker. Thread-safe. */
public final class TrackerEndpoint {
    private final StaticFile file;
    private final boolean crossOrigin;
    private final String immutableQuery;

    /**
     * Creates the endpoint of a script.
     *
     * @param crossOrigin whether pages of other origins may load the script
     */
    public TrackerEndpoint(TrackerScript script, boolean crossOrigin) {
        this.file = new StaticFile(script.plain(), script.brotli(), script.gzip(), script.hash());
        this.crossOrigin = crossOrigin;
        this.immutableQuery = "v=" + script.hash();
    }

    /**
     * Answers a request.
     *
     * @throws IOException if the client has disconnected
     */
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            new Problem(405, "method", "The tracker is requested with GET or HEAD.").send(response);
            return;
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", crossOrigin ? "cross-origin" : "same-origin");
        if (crossOrigin) {
            response.setHeader("Access-Control-Allow-Origin", "*"); // required by script tags with integrity
        }
        boolean immutable = immutableQuery.equals(request.getQueryString());
        response.setHeader("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "public, no-cache");
        file.send("text/javascript;charset=utf-8", request, response);
    }
}

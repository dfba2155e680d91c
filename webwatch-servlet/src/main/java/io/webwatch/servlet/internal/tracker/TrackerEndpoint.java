package io.webwatch.servlet.internal.tracker;

import io.webwatch.servlet.internal.http.EntityTags;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code GET {base}/ww.js}. Thread-safe. */
public final class TrackerEndpoint {
    private final TrackerScript script;
    private final boolean crossOrigin;
    private final String immutableQuery;

    public TrackerEndpoint(TrackerScript script, boolean crossOrigin) {
        this.script = script;
        this.crossOrigin = crossOrigin;
        this.immutableQuery = "v=" + script.hash();
    }

    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean get = request.getMethod().equals("GET");
        if (!get && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            new Problem(405, "method", "The tracker is fetched with GET.").send(response);
            return;
        }
        ContentCoding coding = ContentCoding.choose(
                request.getHeader("Accept-Encoding"), script.brotli() != null, script.gzip() != null);
        headers(request, response, coding);
        String tag = entityTag(coding);
        response.setHeader("ETag", tag);
        if (EntityTags.match(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(304);
            return;
        }
        byte[] body = body(coding);
        if (coding != ContentCoding.IDENTITY) {
            response.setHeader("Content-Encoding", coding.token());
        }
        response.setContentType("text/javascript;charset=utf-8");
        response.setContentLength(body.length);
        if (get) {
            response.getOutputStream().write(body);
        }
    }

    private void headers(HttpServletRequest request, HttpServletResponse response, ContentCoding coding) {
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", crossOrigin ? "cross-origin" : "same-origin");
        if (crossOrigin) {
            response.setHeader("Access-Control-Allow-Origin", "*"); // for tags with integrity
        }
        response.setHeader(
                "Cache-Control",
                immutableQuery.equals(request.getQueryString())
                        ? "public, max-age=31536000, immutable"
                        : "public, no-cache");
    }

    private String entityTag(ContentCoding coding) {
        return '"' + script.hash() + (coding == ContentCoding.IDENTITY ? "" : "-" + coding.token()) + '"';
    }

    private byte[] body(ContentCoding coding) {
        byte @Nullable [] body = switch (coding) {
            case BROTLI -> script.brotli();
            case GZIP -> script.gzip();
            case IDENTITY -> script.plain();
        };
        return body == null ? script.plain() : body;
    }
}

package io.webwatch.servlet.internal.collect;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.DropReason;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.servlet.internal.client.RateLimiter;
import io.webwatch.servlet.internal.http.MediaTypes;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers {@code POST {base}/events} as documented in {@code docs/protocol.md}. Thread-safe. */
public final class Collector {
    private static final Problem WRONG_METHOD = new Problem(405, "method", "Events are sent with POST.");
    private static final Problem WRONG_ORIGIN = new Problem(
            403, "origin", "Pages of this origin must not send events; see webwatch.collector.allowed-origins.");
    private static final Problem WRONG_MEDIA_TYPE =
            new Problem(415, "media_type", "Send text/plain or application/json in UTF-8.");
    private static final Problem WRONG_ENCODING =
            new Problem(415, "encoding", "The only supported content encoding is gzip.");
    private static final Problem UNREADABLE = new Problem(400, "malformed", "The body could not be read.");
    private static final Problem ASYNC_UNSUPPORTED = new Problem(
            501,
            "async_unsupported",
            "webwatch.delivery=durable answers asynchronously, but a filter ahead of WebWatch does not support it; set"
                    + " async-supported for that filter.");

    private final WebWatch webWatch;
    private final Admission admission;
    private final int maxBodySize;
    private final boolean durable;

    /** Creates the endpoint of a running WebWatch. */
    public Collector(WebWatch webWatch, Admission admission) {
        this.webWatch = webWatch;
        this.admission = admission;
        this.durable = webWatch.isDurable();
        this.maxBodySize = Math.toIntExact(webWatch.config().get(WebWatchProperties.COLLECTOR_MAX_BODY_SIZE));
    }

    /**
     * Answers a request.
     *
     * @throws IOException if the client has disconnected
     */
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        admission.origins().setCorsHeaders(request, response);
        if (!request.getMethod().equals("POST")) {
            handleOtherMethod(request, response);
        } else if (!admission.origins().admits(request)) {
            refuse(response, DropReason.ORIGIN, WRONG_ORIGIN);
        } else {
            handlePost(request, response);
        }
    }

    private void handleOtherMethod(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean preflight =
                request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
        if (!preflight) {
            response.setHeader("Allow", "POST");
            WRONG_METHOD.send(response);
        } else if (!admission.origins().admits(request)) {
            WRONG_ORIGIN.send(response);
        } else {
            response.setHeader("Access-Control-Allow-Methods", "POST");
            response.setHeader("Access-Control-Allow-Headers", "content-type, content-encoding");
            response.setHeader("Access-Control-Max-Age", "86400");
            response.setStatus(204);
        }
    }

    private void handlePost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ClientFacts client = admission.facts(request);
        long wait = admission.rateWait(client);
        String encoding = request.getHeader("Content-Encoding");
        boolean gzip = "gzip".equalsIgnoreCase(encoding) || "x-gzip".equalsIgnoreCase(encoding);
        if (wait > 0) {
            String detail = "Too many requests from your address.";
            refuse(response, DropReason.RATE, new Problem(429, "rate", detail, RateLimiter.retryAfter(wait)));
        } else if (!MediaTypes.isCollected(request.getContentType())) {
            refuse(response, DropReason.MEDIA_TYPE, WRONG_MEDIA_TYPE);
        } else if (!gzip && !isIdentity(encoding)) {
            response.setHeader("Accept-Encoding", "gzip");
            refuse(response, DropReason.MEDIA_TYPE, WRONG_ENCODING);
        } else {
            RequestBody body = read(request, response, gzip);
            if (body != null) {
                take(body, client, request, response);
            }
        }
    }

    private static boolean isIdentity(@Nullable String encoding) {
        return encoding == null || encoding.isEmpty() || encoding.equalsIgnoreCase("identity");
    }

    /** Returns the body; null if it was refused. */
    private @Nullable RequestBody read(HttpServletRequest request, HttpServletResponse response, boolean gzip)
            throws IOException {
        try {
            return RequestBody.read(request, maxBodySize, gzip);
        } catch (RequestBody.TooLargeException e) {
            String detail = "The body exceeds " + maxBodySize + " bytes; split the batch.";
            refuse(response, DropReason.TOO_LARGE, new Problem(413, "too_large", detail));
        } catch (RequestBody.BrokenException e) {
            refuse(response, DropReason.MALFORMED, new Problem(400, "malformed", String.valueOf(e.getMessage())));
        } catch (IOException e) {
            // the client disconnected, is too slow or sent broken framing; the application has not failed
            refuse(response, DropReason.MALFORMED, UNREADABLE);
        }
        return null;
    }

    private void take(RequestBody body, ClientFacts client, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!durable) {
            Replies.to(webWatch.accept(body.bytes(), 0, body.length(), client)).send(response);
            return;
        }
        if (!request.isAsyncSupported()) {
            refuse(response, DropReason.ASYNC_UNSUPPORTED, ASYNC_UNSUPPORTED);
            return;
        }
        CompletableFuture<Acceptance> decision =
                webWatch.submit(body.bytes(), 0, body.length(), client).toCompletableFuture();
        if (decision.isDone()) {
            Replies.to(decision.join()).send(response);
        } else {
            DurableAnswer.await(decision, request, response);
        }
    }

    private void refuse(HttpServletResponse response, DropReason reason, Problem problem) throws IOException {
        webWatch.dropped(reason, 1);
        problem.send(response);
    }
}

package io.webwatch.servlet.internal.collect;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.DropReason;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.servlet.internal.http.MediaTypes;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code POST {base}/events}, as {@code docs/protocol.md} says. Thread-safe. */
public final class Collector {
    private static final int BUFFER_FULL_RETRY_SECONDS = 1;
    private static final int JOURNAL_FULL_RETRY_SECONDS = 5;
    private static final int CLOSED_RETRY_SECONDS = 10;

    private final WebWatch webWatch;
    private final Admission admission;
    private final int maxBodySize;
    private final boolean durable;

    public Collector(WebWatch webWatch, Admission admission) {
        this.webWatch = webWatch;
        this.admission = admission;
        this.durable = webWatch.isDurable();
        this.maxBodySize = Math.toIntExact(webWatch.config().get(WebWatchProperties.COLLECTOR_MAX_BODY_SIZE));
    }

    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        admission.origins().tellCors(request, response);
        String method = request.getMethod();
        if (!method.equals("POST")) {
            if (method.equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null) {
                preflight(request, response);
                return;
            }
            response.setHeader("Allow", "POST");
            new Problem(405, "method", "Events are sent with POST.").send(response);
            return;
        }
        if (!admission.origins().admits(request)) {
            refuse(response, DropReason.ORIGIN, originProblem());
            return;
        }
        ClientFacts client = admission.facts(request);
        long wait = admission.rateWait(client);
        if (wait > 0) {
            webWatch.dropped(DropReason.RATE, 1);
            new Problem(429, "rate", "Your address sends too many requests.")
                    .send(response, Admission.retryAfter(wait));
            return;
        }
        if (!MediaTypes.isCollected(request.getContentType())) {
            refuse(
                    response,
                    DropReason.MEDIA_TYPE,
                    new Problem(415, "media_type", "Send text/plain or application/json in UTF-8."));
            return;
        }
        String encoding = request.getHeader("Content-Encoding");
        boolean gzip = encoding != null && (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"));
        if (encoding != null && !gzip && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            response.setHeader("Accept-Encoding", "gzip");
            refuse(response, DropReason.MEDIA_TYPE, new Problem(415, "encoding", "The only content encoding is gzip."));
            return;
        }
        take(request, response, gzip, client);
    }

    private void take(HttpServletRequest request, HttpServletResponse response, boolean gzip, ClientFacts client)
            throws IOException {
        RequestBody body;
        try {
            body = RequestBody.read(request, maxBodySize, gzip);
        } catch (RequestBody.TooLargeException e) {
            refuse(
                    response,
                    DropReason.TOO_LARGE,
                    new Problem(413, "too_large", "The body is above " + maxBodySize + " bytes; split the batch."));
            return;
        } catch (RequestBody.BrokenException e) {
            refuse(response, DropReason.MALFORMED, new Problem(400, "malformed", String.valueOf(e.getMessage())));
            return;
        } catch (IOException e) {
            // gone, too slow, or broken framing: whoever is still there learns it, nobody else is troubled
            refuse(response, DropReason.MALFORMED, new Problem(400, "malformed", "The body could not be read."));
            return;
        }
        if (durable) {
            takeDurably(request, response, body, client);
        } else {
            answer(response, webWatch.accept(body.bytes(), 0, body.length(), client));
        }
    }

    private void takeDurably(
            HttpServletRequest request, HttpServletResponse response, RequestBody body, ClientFacts client)
            throws IOException {
        if (!request.isAsyncSupported()) {
            refuse(
                    response,
                    DropReason.ASYNC_UNSUPPORTED,
                    new Problem(
                            501,
                            "async_unsupported",
                            "webwatch.delivery=durable answers asynchronously, which a filter before WebWatch does not"
                                    + " allow; set async-supported for it."));
            return;
        }
        CompletableFuture<Acceptance> decision =
                webWatch.submit(body.bytes(), 0, body.length(), client).toCompletableFuture();
        if (decision.isDone()) {
            answer(response, decision.join());
        } else {
            DurableAnswer.await(decision, request, response);
        }
    }

    static void journalFull(String detail, HttpServletResponse response) throws IOException {
        new Problem(503, "journal_full", detail).send(response, JOURNAL_FULL_RETRY_SECONDS);
    }

    static void answer(HttpServletResponse response, Acceptance acceptance) throws IOException {
        DropReason refusal = acceptance.refusal();
        String detail = acceptance.detail() == null ? "Not taken." : acceptance.detail();
        if (refusal == null) {
            if (!acceptance.dropped().isEmpty()) {
                response.setHeader("WebWatch-Dropped", dropped(acceptance.dropped()));
            }
            response.setStatus(204);
        } else if (refusal == DropReason.BUFFER_FULL) {
            new Problem(503, "buffer_full", detail).send(response, BUFFER_FULL_RETRY_SECONDS);
        } else if (refusal == DropReason.JOURNAL_FULL) {
            journalFull(detail, response);
        } else if (refusal == DropReason.CLOSED) {
            new Problem(503, "closed", detail).send(response, CLOSED_RETRY_SECONDS);
        } else {
            new Problem(400, "malformed", detail).send(response);
        }
    }

    /** A list of parameterised tokens (RFC 9651), in the order of the reasons. */
    private static String dropped(Map<DropReason, Integer> dropped) {
        StringBuilder header = new StringBuilder();
        for (DropReason reason : DropReason.values()) {
            Integer count = dropped.get(reason);
            if (count != null && count > 0) {
                header.append(header.length() == 0 ? "" : ", ")
                        .append(reason.id())
                        .append(";n=")
                        .append(count);
            }
        }
        return header.toString();
    }

    private void preflight(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!admission.origins().admits(request)) {
            originProblem().send(response);
            return;
        }
        response.setHeader("Access-Control-Allow-Methods", "POST");
        response.setHeader("Access-Control-Allow-Headers", "content-type, content-encoding");
        response.setHeader("Access-Control-Max-Age", "86400");
        response.setStatus(204);
    }

    private static Problem originProblem() {
        return new Problem(403, "origin", "This origin may not send events; see webwatch.collector.allowed-origins.");
    }

    private void refuse(HttpServletResponse response, DropReason reason, Problem problem) throws IOException {
        webWatch.dropped(reason, 1);
        problem.send(response);
    }
}

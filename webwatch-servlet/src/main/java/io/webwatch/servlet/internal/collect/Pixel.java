package io.webwatch.servlet.internal.collect;

import io.webwatch.WebWatch;
import io.webwatch.event.DropReason;
import io.webwatch.request.ClientFacts;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Answers {@code GET {base}/pixel.gif}, which counts a page view without JavaScript. The response is the image even
 * when the page view is dropped, because browsers do not show errors of an image. Thread-safe.
 */
public final class Pixel {
    private static final byte[] GIF =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    private static final int MAX_URL = 2_048;
    private static final Pattern PAGE_ADDRESS = Pattern.compile("(?i)https?://[^/?#\\s@:]");

    private final WebWatch webWatch;
    private final Admission admission;

    /** Creates the endpoint of a running WebWatch. */
    public Pixel(WebWatch webWatch, Admission admission) {
        this.webWatch = webWatch;
        this.admission = admission;
    }

    /**
     * Answers a request.
     *
     * @throws IOException if the client has disconnected
     */
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean get = request.getMethod().equals("GET");
        if (!get && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            new Problem(405, "method", "The pixel is requested with GET or HEAD.").send(response);
            return;
        }
        if (get) {
            count(request);
        }
        response.setContentType("image/gif");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (admission.allowsOtherOrigins()) {
            response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
        response.setContentLength(GIF.length);
        if (get) {
            response.getOutputStream().write(GIF);
        }
    }

    private void count(HttpServletRequest request) {
        if (!admission.origins().admits(request)) {
            webWatch.dropped(DropReason.ORIGIN, 1);
            return;
        }
        ClientFacts client = admission.facts(request);
        if (admission.rateWait(client) > 0) {
            webWatch.dropped(DropReason.RATE, 1);
            return;
        }
        String url = request.getParameter("u");
        url = url == null || url.isEmpty() ? request.getHeader("Referer") : url;
        if (url == null || url.length() > MAX_URL || !PAGE_ADDRESS.matcher(url).lookingAt()) {
            webWatch.dropped(DropReason.MALFORMED, 1);
            return;
        }
        String referrer = request.getParameter("r");
        boolean usable = referrer != null && referrer.length() <= MAX_URL;
        webWatch.noscriptPageView(url, usable ? referrer : null, client);
    }
}

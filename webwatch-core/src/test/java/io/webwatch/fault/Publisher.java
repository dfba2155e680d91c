package io.webwatch.fault;

import io.webwatch.WebWatch;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sends batches of numbered events, like a browser. */
final class Publisher {
    private static final ClientFacts CLIENT = new ClientFacts(
            "192.0.2.1", "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36", "en", null, false, false, null);

    private final WebWatch webwatch;

    Publisher(WebWatch webwatch) {
        this.webwatch = webwatch;
    }

    /** Returns the ids of the events of a page view. */
    static List<String> ids(String prefix, long page, int events) {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < events; n++) {
            ids.add(pageView(prefix, page) + "." + n);
        }
        return ids;
    }

    Acceptance accept(String prefix, long page, int events) {
        byte[] body = body(prefix, page, events);
        return webwatch.accept(body, 0, body.length, CLIENT);
    }

    CompletionStage<Acceptance> submit(String prefix, long page, int events) {
        byte[] body = body(prefix, page, events);
        return webwatch.submit(body, 0, body.length, CLIENT);
    }

    private static byte[] body(String prefix, long page, int events) {
        StringBuilder body = new StringBuilder("{\"v\":1,\"p\":\"")
                .append(pageView(prefix, page))
                .append("\",\"u\":\"https://shop.example/products/")
                .append(page % 100)
                .append("\",\"e\":[{\"t\":\"page_view\",\"n\":0}");
        for (int n = 1; n < events; n++) {
            body.append(",{\"t\":\"click\",\"n\":").append(n).append(",\"el\":\"#a\"}");
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String pageView(String prefix, long page) {
        return prefix + "-" + String.format("%016d", page);
    }
}

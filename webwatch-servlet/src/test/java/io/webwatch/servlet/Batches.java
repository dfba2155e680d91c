package io.webwatch.servlet;

import java.util.concurrent.atomic.AtomicInteger;

/** Bodies of the wire protocol. */
final class Batches {
    private static final AtomicInteger PAGE_VIEWS = new AtomicInteger();

    private Batches() {}

    static String pageViewId() {
        return "page-view-%08d".formatted(PAGE_VIEWS.incrementAndGet());
    }

    /** A batch of those events on a page of its own. */
    static String of(String... events) {
        return "{\"v\":1,\"p\":\"" + pageViewId() + "\",\"u\":\"http://127.0.0.1/shop\",\"t\":\"Shop\",\"e\":["
                + String.join(",", events) + "]}";
    }

    static String pageView() {
        return of("{\"t\":\"page_view\",\"n\":0}");
    }
}

package io.webwatch.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** Bodies of the wire protocol. */
public final class Batches {
    private static final AtomicInteger PAGE_VIEWS = new AtomicInteger();

    private Batches() {}

    public static String pageViewId() {
        return "page-view-%08d".formatted(PAGE_VIEWS.incrementAndGet());
    }

    /** A batch of those events on a page of its own. */
    public static String of(String... events) {
        return "{\"v\":1,\"p\":\"" + pageViewId() + "\",\"u\":\"http://127.0.0.1/shop\",\"t\":\"Shop\",\"e\":["
                + String.join(",", events) + "]}";
    }

    public static String pageView() {
        return of("{\"t\":\"page_view\",\"n\":0}");
    }

    /** Returns the bytes compressed by gzip. */
    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}

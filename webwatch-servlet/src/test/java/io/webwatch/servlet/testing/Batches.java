package io.webwatch.servlet.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** Request bodies of the wire protocol. */
public final class Batches {
    private static final AtomicInteger PAGE_VIEWS = new AtomicInteger();

    private Batches() {}

    /** Returns an id that no other test has used. */
    public static String pageViewId() {
        return "page-view-%08d".formatted(PAGE_VIEWS.incrementAndGet());
    }

    /** Returns a batch with the given events of a new page view. */
    public static String of(String... events) {
        return "{\"v\":1,\"p\":\"" + pageViewId() + "\",\"u\":\"http://127.0.0.1/shop\",\"t\":\"Shop\",\"e\":["
                + String.join(",", events) + "]}";
    }

    /** Returns a batch with one page view. */
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

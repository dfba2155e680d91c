package io.webwatch.servlet;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.servlet.internal.collect.Admission;
import io.webwatch.servlet.internal.inject.HtmlPages;
import jakarta.servlet.ServletContext;
import java.util.function.Supplier;

/** What filter and dashboard of one servlet context share. Thread-safe. */
public final class HttpState {
    private static final String ATTRIBUTE = HttpState.class.getName();

    private final Admission admission;
    private final HtmlPages pages = new HtmlPages();

    HttpState(WebWatchConfig config) {
        this.admission = new Admission(config);
    }

    /** The one of the servlet context. */
    static synchronized HttpState of(ServletContext context, Supplier<HttpState> otherwise) {
        if (context.getAttribute(ATTRIBUTE) instanceof HttpState state) {
            return state;
        }
        HttpState state = otherwise.get();
        context.setAttribute(ATTRIBUTE, state);
        return state;
    }

    public Admission admission() {
        return admission;
    }

    public HtmlPages pages() {
        return pages;
    }
}

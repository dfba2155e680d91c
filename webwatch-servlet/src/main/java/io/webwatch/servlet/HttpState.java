package io.webwatch.servlet;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.servlet.internal.collect.Admission;
import io.webwatch.servlet.internal.http.HtmlPages;
import jakarta.servlet.ServletContext;
import java.util.function.Supplier;

/** The state that filter and dashboard of a servlet context share. Thread-safe. */
final class HttpState {
    private static final String ATTRIBUTE = HttpState.class.getName();

    private final Admission admission;
    private final HtmlPages pages = new HtmlPages();

    /**
     * Creates the state of a configuration.
     *
     * @throws io.webwatch.config.ConfigurationException if a property of the collector has a wrong value
     */
    HttpState(WebWatchConfig config) {
        this.admission = new Admission(config);
    }

    /** Returns the state of a servlet context, and creates it on the first call. */
    static synchronized HttpState of(ServletContext context, Supplier<HttpState> creator) {
        if (context.getAttribute(ATTRIBUTE) instanceof HttpState state) {
            return state;
        }
        HttpState state = creator.get();
        context.setAttribute(ATTRIBUTE, state);
        return state;
    }

    Admission admission() {
        return admission;
    }

    HtmlPages pages() {
        return pages;
    }
}

package io.webwatch.servlet.internal.dashboard;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.json.Json;
import io.webwatch.servlet.internal.http.Document;
import io.webwatch.servlet.internal.http.HtmlPages;
import io.webwatch.status.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Answers {@code GET api/status} and {@code GET api/live}. Thread-safe. */
public final class StatusEndpoint {
    private final WebWatch webWatch;
    private final HtmlPages pages;
    private final Supplier<List<String>> collectorWarnings;

    /**
     * Creates the endpoint of a running WebWatch.
     *
     * @param collectorWarnings returns sentences to be added to the warnings of the status
     */
    public StatusEndpoint(WebWatch webWatch, HtmlPages pages, Supplier<List<String>> collectorWarnings) {
        this.webWatch = webWatch;
        this.pages = pages;
        this.collectorWarnings = collectorWarnings;
    }

    /**
     * Sends the status.
     *
     * @throws IOException if the client has disconnected
     */
    public void status(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getContextPath() + webWatch.config().get(WebWatchProperties.PATH);
        Status status = webWatch.status();
        List<String> warnings = new ArrayList<>(status.warnings());
        warnings.addAll(collectorWarnings.get());
        Document.json(Json.bytes(json -> StatusJson.write(status, path, pages, warnings, json)))
                .send(response);
    }

    /**
     * Sends the live figures.
     *
     * @throws IOException if the client has disconnected
     */
    public void live(HttpServletResponse response) throws IOException {
        Document.json(Json.bytes(json -> LiveJson.write(webWatch.live().snapshot(), json)))
                .send(response);
    }
}

package io.webwatch.servlet.internal.dashboard;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.json.Json;
import io.webwatch.servlet.HttpState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code GET api/status} and {@code GET api/live}. Thread-safe. */
public final class StatusEndpoint {
    private final WebWatch webWatch;
    private final HttpState state;

    public StatusEndpoint(WebWatch webWatch, HttpState state) {
        this.webWatch = webWatch;
        this.state = state;
    }

    public void status(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getContextPath() + webWatch.config().get(WebWatchProperties.PATH);
        List<String> warnings = new ArrayList<>(webWatch.status().warnings());
        warnings.addAll(state.admission().watch().warnings());
        send(response, Json.bytes(json -> StatusJson.write(webWatch.status(), path, state.pages(), warnings, json)));
    }

    public void live(HttpServletResponse response) throws IOException {
        send(response, Json.bytes(json -> LiveJson.write(webWatch.live().snapshot(), json)));
    }

    private static void send(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

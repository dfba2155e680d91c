package io.webwatch.servlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A successful reply with figures, which no cache keeps. Immutable.
 *
 * @param fileName the name under which a browser saves the document, or null to show it
 * @param body not to be changed
 */
public record Document(String contentType, @Nullable String fileName, byte[] body) implements Reply {
    /** Returns a document of UTF-8 JSON. */
    public static Document json(byte[] body) {
        return new Document("application/json", null, body);
    }

    @Override
    public byte[] head(HttpServletResponse response) {
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        if (fileName != null) {
            response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + '"');
        }
        response.setContentLength(body.length);
        return body;
    }
}

package io.webwatch.servlet.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file with its precompressed forms. Immutable; callers must not change the arrays.
 *
 * @param hash of the content, used as entity tag
 */
public record StaticFile(byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip, String hash) {
    /**
     * Sends the file in the coding that suits the client best, or 304 if the client has it.
     *
     * @throws IOException if the client has disconnected
     */
    public void send(String contentType, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ContentCoding coding = ContentCoding.choose(request.getHeader("Accept-Encoding"), brotli != null, gzip != null);
        boolean coded = coding != ContentCoding.IDENTITY;
        String tag = '"' + hash + (coded ? "-" + coding.token() : "") + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Vary", "Accept-Encoding");
        if (EntityTags.match(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(304);
            return;
        }
        byte[] body = body(coding);
        if (coded) {
            response.setHeader("Content-Encoding", coding.token());
        }
        response.setContentType(contentType);
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    private byte[] body(ContentCoding coding) {
        byte @Nullable [] body = switch (coding) {
            case BROTLI -> brotli;
            case GZIP -> gzip;
            case IDENTITY -> plain;
        };
        return body == null ? plain : body;
    }
}

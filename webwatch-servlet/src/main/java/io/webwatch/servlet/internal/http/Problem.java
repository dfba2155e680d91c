package io.webwatch.servlet.internal.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as {@code application/problem+json} (RFC 9457) with a stable code. Immutable.
 *
 * @param code the name of the problem in {@code docs/http-api.md} and {@code docs/protocol.md}
 * @param detail a sentence for the person who reads the response
 * @param retryAfterSeconds value of {@code Retry-After}; null when waiting does not help
 */
public record Problem(
        int status, String code, String detail, @Nullable Integer retryAfterSeconds) implements Reply {
    /** Creates a problem that waiting does not solve. */
    public Problem(int status, String code, String detail) {
        this(status, code, detail, null);
    }

    @Override
    public byte[] head(HttpServletResponse response) {
        byte[] body = Json.bytes(this::write);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (retryAfterSeconds != null) {
            response.setHeader("Retry-After", Integer.toString(retryAfterSeconds));
        }
        response.setContentLength(body.length);
        return body;
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", title());
        json.writeNumberField("status", status);
        json.writeStringField("code", code);
        json.writeStringField("detail", detail);
        json.writeEndObject();
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Error";
        };
    }
}

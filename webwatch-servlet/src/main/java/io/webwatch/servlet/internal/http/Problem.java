package io.webwatch.servlet.internal.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A refusal as {@code application/problem+json} (RFC 9457) with a stable code. Immutable. */
public record Problem(int status, String code, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private byte[] body() {
        return Json.bytes(this::write);
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

    /** Sends it; with {@code Retry-After} when a number of seconds is given. */
    public void send(HttpServletResponse response, @Nullable Integer retryAfterSeconds) throws IOException {
        if (retryAfterSeconds != null) {
            response.setHeader("Retry-After", Integer.toString(retryAfterSeconds));
        }
        send(response);
    }

    public void send(HttpServletResponse response) throws IOException {
        byte[] body = head(response);
        response.getOutputStream().write(body);
    }

    /** Sets status and headers alone; the body is handed back. */
    public byte[] head(HttpServletResponse response) throws IOException {
        byte[] body = body();
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        return body;
    }
}

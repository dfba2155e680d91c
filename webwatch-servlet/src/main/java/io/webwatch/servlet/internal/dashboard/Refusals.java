package io.webwatch.servlet.internal.dashboard;

import io.webwatch.servlet.internal.http.Html;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers requests that do not have access to the dashboard. */
public final class Refusals {
    private Refusals() {}

    /**
     * Asks the client to sign in.
     *
     * @param challenge the {@code WWW-Authenticate} header
     * @throws IOException if the client has disconnected
     */
    public static void challenge(String challenge, HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", challenge);
        new Problem(401, "unauthorized", "Sign in to see the dashboard.").send(response);
    }

    /**
     * Refuses a client after too many failed attempts to sign in.
     *
     * @throws IOException if the client has disconnected
     */
    public static void throttle(int retryAfterSeconds, HttpServletResponse response) throws IOException {
        String detail = "Too many failed attempts to sign in from your address.";
        new Problem(429, "throttled", detail, retryAfterSeconds).send(response);
    }

    /**
     * Refuses a client that has no access, by a page where it accepts HTML.
     *
     * @param remedy a sentence that says why, and what to do
     * @throws IOException if the client has disconnected
     */
    public static void deny(String remedy, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/html")) {
            new Problem(403, "locked", remedy).send(response);
            return;
        }
        byte[] page = ("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>WebWatch</title></head>"
                        + "<body><h1>The dashboard is locked</h1><p>" + Html.escape(remedy) + "</p></body></html>")
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(403);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}

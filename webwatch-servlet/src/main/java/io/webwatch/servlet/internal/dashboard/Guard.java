package io.webwatch.servlet.internal.dashboard;

import io.webwatch.servlet.DashboardAccess;
import io.webwatch.servlet.DashboardAccess.Decision;
import io.webwatch.servlet.internal.http.Html;
import io.webwatch.servlet.internal.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Carries out what a {@link DashboardAccess} decides. */
public final class Guard {
    private Guard() {}

    /** Whether the request may go on; if not, it is answered. */
    public static boolean admits(DashboardAccess access, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Decision decision = access.check(request);
        switch (decision.outcome()) {
            case ALLOW -> {
                return true;
            }
            case CHALLENGE -> {
                response.setHeader("WWW-Authenticate", decision.detail());
                new Problem(401, "unauthorized", "Sign in to see the dashboard.").send(response);
            }
            case DENY -> deny(decision.detail(), request, response);
            case THROTTLE ->
                new Problem(429, "throttled", "Too many failed attempts to sign in from your address.")
                        .send(response, decision.retryAfterSeconds());
        }
        return false;
    }

    private static void deny(String remedy, HttpServletRequest request, HttpServletResponse response)
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

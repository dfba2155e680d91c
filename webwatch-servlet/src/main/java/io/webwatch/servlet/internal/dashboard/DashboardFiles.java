package io.webwatch.servlet.internal.dashboard;

import io.webwatch.servlet.internal.http.EntityTags;
import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.tracker.ContentCoding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's files out of the resource jar. Files below {@code assets/} carry a hash of their content in their names
 * and never change; everything else is asked for anew. An address without a file is a view of the dashboard when a
 * browser navigates to it. Thread-safe; keeps the files in memory, which are as many as the jar holds.
 */
public final class DashboardFiles {
    private static final String FOLDER = "META-INF/webwatch/dashboard";
    private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json",
            "txt", "text/plain;charset=utf-8",
            "webmanifest", "application/manifest+json");

    private final ClassLoader loader;
    private final Map<String, Stored> files = new ConcurrentHashMap<>();

    private record Stored(byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip, String tag) {}

    public DashboardFiles(ClassLoader loader) {
        this.loader = loader;
    }

    public void serve(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = path.equals("/") ? "/index.html" : path;
        Stored file = SAFE.matcher(name).matches() ? file(name) : null;
        if (file != null) {
            send(name, file, request, response);
            return;
        }
        String accept = request.getHeader("Accept");
        boolean navigation = accept != null && accept.contains("text/html");
        boolean view = navigation && path.indexOf('.', path.lastIndexOf('/')) < 0;
        Stored index = view || path.equals("/") ? file("/index.html") : null;
        if (index == null) {
            new Problem(404, "not_found", "There is no such file in the dashboard.").send(response);
            return;
        }
        int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
        send("/index.html", depth == 0 ? index : moved(index, depth), request, response);
    }

    /** The page with its relative addresses seen from further down. */
    private static Stored moved(Stored index, int depth) {
        String html = new String(index.plain, StandardCharsets.UTF_8).replace("=\"./", "=\"" + "../".repeat(depth));
        return new Stored(
                html.getBytes(StandardCharsets.UTF_8), null, null, index.tag.replace("\"", "\"" + depth + "-"));
    }

    private @Nullable Stored file(String name) throws IOException {
        Stored known = files.get(name);
        if (known != null) {
            return known;
        }
        byte[] plain = bytes(name);
        if (plain == null) {
            return null;
        }
        Stored stored = new Stored(plain, bytes(name + ".br"), bytes(name + ".gz"), tag(plain));
        files.put(name, stored);
        return stored;
    }

    private byte @Nullable [] bytes(String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void send(String name, Stored file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ContentCoding coding =
                ContentCoding.choose(request.getHeader("Accept-Encoding"), file.brotli != null, file.gzip != null);
        String tag = coding == ContentCoding.IDENTITY
                ? file.tag
                : file.tag.substring(0, file.tag.length() - 1) + '-' + coding.token() + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Vary", "Accept-Encoding");
        // private: what is guarded belongs into no shared cache
        response.setHeader(
                "Cache-Control",
                name.startsWith("/assets/") ? "private, max-age=31536000, immutable" : "private, no-cache");
        if (EntityTags.match(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(304);
            return;
        }
        byte[] body = switch (coding) {
            case BROTLI -> file.brotli;
            case GZIP -> file.gzip;
            case IDENTITY -> file.plain;
        };
        if (coding != ContentCoding.IDENTITY) {
            response.setHeader("Content-Encoding", coding.token());
        }
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        response.setContentType(TYPES.getOrDefault(extension, "application/octet-stream"));
        byte[] bytes = body == null ? file.plain : body;
        response.setContentLength(bytes.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(bytes);
        }
    }
}

package io.webwatch.servlet.internal.dashboard;

import io.webwatch.servlet.internal.http.Problem;
import io.webwatch.servlet.internal.http.StaticFile;
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
 * Serves the dashboard's files from the resource jar. The names of files below {@code assets/} contain a hash of
 * their content, so browsers never revalidate them; all other files are revalidated. An address without a file is a
 * view of the dashboard if a browser navigates to it. Keeps the served files in memory. Thread-safe.
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
    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    /** Creates an instance that finds the resource jar with the given class loader. */
    public DashboardFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Answers a request.
     *
     * @param path below the base path, with the leading slash
     * @throws IOException if the client has disconnected
     */
    public void serve(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = path.equals("/") ? "/index.html" : path;
        StaticFile file = SAFE.matcher(name).matches() ? file(name) : null;
        if (file != null) {
            send(name, file, request, response);
            return;
        }
        String accept = request.getHeader("Accept");
        boolean navigation = accept != null && accept.contains("text/html");
        boolean view = navigation && path.indexOf('.', path.lastIndexOf('/')) < 0;
        StaticFile index = view || path.equals("/") ? file("/index.html") : null;
        if (index == null) {
            new Problem(404, "not_found", "The dashboard has no such file.").send(response);
            return;
        }
        int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
        send("/index.html", depth == 0 ? index : moved(index, depth), request, response);
    }

    /** Returns the page with its relative addresses adapted to a path with more segments. */
    private static StaticFile moved(StaticFile index, int depth) {
        String html = new String(index.plain(), StandardCharsets.UTF_8).replace("=\"./", "=\"" + "../".repeat(depth));
        return new StaticFile(html.getBytes(StandardCharsets.UTF_8), null, null, depth + "-" + index.hash());
    }

    private @Nullable StaticFile file(String name) throws IOException {
        StaticFile known = files.get(name);
        if (known != null) {
            return known;
        }
        byte[] plain = bytes(name);
        if (plain == null) {
            return null;
        }
        StaticFile stored = new StaticFile(plain, bytes(name + ".br"), bytes(name + ".gz"), hash(plain));
        files.put(name, stored);
        return stored;
    }

    private byte @Nullable [] bytes(String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform supports SHA-256.", e);
        }
    }

    private static void send(String name, StaticFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // guarded files must not be stored by shared caches
        boolean immutable = name.startsWith("/assets/");
        response.setHeader("Cache-Control", immutable ? "private, max-age=31536000, immutable" : "private, no-cache");
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        file.send(TYPES.getOrDefault(extension, "application/octet-stream"), request, response);
    }
}

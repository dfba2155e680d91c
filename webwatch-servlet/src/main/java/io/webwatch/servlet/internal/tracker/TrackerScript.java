package io.webwatch.servlet.internal.tracker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tracker from the resource jar, with its precompressed forms. Immutable; callers must not change the arrays.
 *
 * @param plain the script as UTF-8
 * @param brotli the script compressed by Brotli, if the jar contains it
 * @param gzip the script compressed by gzip, if the jar contains it
 * @param hash of the content, part of the script's address and entity tag
 * @param integrity value for the {@code integrity} attribute of a script tag
 */
public record TrackerScript(
        byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip, String hash, String integrity) {
    private static final String FOLDER = "META-INF/webwatch/tracker/";

    /** The description of a build in {@code tracker.json}. */
    private record Facts(String hash, String integrity, Set<String> captures) {}

    /**
     * Loads the smallest build that supports everything that is configured.
     *
     * @throws IOException if the class path contains no tracker
     */
    public static TrackerScript load(ClassLoader loader, WebWatchConfig config) throws IOException {
        byte[] description = required(loader, "tracker.json");
        Facts core = facts(description, "core");
        return core.captures.containsAll(config.list(WebWatchProperties.TRACKER_CAPTURE)) && suffices(config)
                ? load(loader, "webwatch-core.js", core)
                : load(loader, "webwatch.js", facts(description, "full"));
    }

    /** Returns whether no setting requires the full build. */
    private static boolean suffices(WebWatchConfig config) {
        return config.get(WebWatchProperties.PRIVACY_IDENTITY) == Identity.COOKIELESS
                && config.list(WebWatchProperties.PRIVACY_QUERY_PARAMS).isEmpty()
                && config.list(WebWatchProperties.TRACKER_INCLUDE).isEmpty()
                && config.list(WebWatchProperties.TRACKER_EXCLUDE).isEmpty();
    }

    private static TrackerScript load(ClassLoader loader, String file, Facts facts) throws IOException {
        return new TrackerScript(
                required(loader, file),
                optional(loader, file + ".br"),
                optional(loader, file + ".gz"),
                facts.hash,
                facts.integrity);
    }

    private static Facts facts(byte[] description, String build) throws IOException {
        String hash = "";
        String integrity = "";
        Set<String> captures = new HashSet<>();
        try (JsonParser json = Json.parser(description)) {
            String of = "";
            String key = "";
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME) {
                    key = json.currentName();
                } else if (json.currentToken() == JsonToken.START_OBJECT) {
                    of = key;
                } else if (json.currentToken() == JsonToken.VALUE_STRING && of.equals(build)) {
                    switch (key) {
                        case "hash" -> hash = json.getText();
                        case "integrity" -> integrity = json.getText();
                        case "captures" -> captures.add(json.getText());
                        default -> {}
                    }
                }
            }
        }
        if (!hash.matches("[A-Za-z0-9_-]+")) {
            throw new IOException(FOLDER + "tracker.json does not contain the hash of the " + build + " build");
        }
        return new Facts(hash, integrity, captures);
    }

    private static byte[] required(ClassLoader loader, String name) throws IOException {
        byte[] bytes = optional(loader, name);
        if (bytes == null) {
            throw new FileNotFoundException(FOLDER + name + " is not on the class path (artifact webwatch-js)");
        }
        return bytes;
    }

    private static byte @Nullable [] optional(ClassLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}

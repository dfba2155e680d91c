package io.webwatch.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The tracker as the resource jar carries it, with its precompressed forms. Immutable; the arrays are not to be changed.
 *
 * @param hash of the content, in the address and the entity tag
 * @param integrity for the {@code integrity} attribute of a script tag
 */
record TrackerScript(byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip, String hash, String integrity) {
    private static final String FOLDER = "META-INF/webwatch/tracker/";

    /**
     * Loads it from the class path.
     *
     * @throws IOException when it is not there
     */
    static TrackerScript load(ClassLoader loader) throws IOException {
        byte[] plain = required(loader, "webwatch.js");
        String hash = "";
        String integrity = "";
        try (JsonParser json = new JsonFactory().createParser(required(loader, "tracker.json"))) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    hash = "hash".equals(json.currentName()) ? json.getText() : hash;
                    integrity = "integrity".equals(json.currentName()) ? json.getText() : integrity;
                }
            }
        }
        if (!hash.matches("[A-Za-z0-9_-]+")) {
            throw new IOException("META-INF/webwatch/tracker/tracker.json holds no hash");
        }
        return new TrackerScript(
                plain, optional(loader, "webwatch.js.br"), optional(loader, "webwatch.js.gz"), hash, integrity);
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

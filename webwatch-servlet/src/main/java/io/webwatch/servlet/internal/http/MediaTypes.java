package io.webwatch.servlet.internal.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code Content-Type} headers (RFC 9110, 8.3). */
public final class MediaTypes {
    private MediaTypes() {}

    /** Returns whether the collector accepts the type: plain text or JSON in UTF-8. */
    public static boolean isCollected(@Nullable String contentType) {
        // the values that browsers send need no parsing
        if ("text/plain;charset=UTF-8".equals(contentType) || "application/json".equals(contentType)) {
            return true;
        }
        if (contentType == null) {
            return false;
        }
        String type = typeOf(contentType);
        String charset = charsetOf(contentType);
        return (type.equals("text/plain") || type.equals("application/json"))
                && (charset == null || charset.equalsIgnoreCase("utf-8"));
    }

    /** Returns type and subtype in lower case, without parameters. */
    public static String typeOf(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String charsetOf(String contentType) {
        String[] parts = contentType.split(";");
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase("charset")) {
                String value = parts[i].substring(equals + 1).strip();
                return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value;
            }
        }
        return null;
    }
}

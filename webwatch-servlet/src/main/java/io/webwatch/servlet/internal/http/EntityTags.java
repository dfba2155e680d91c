package io.webwatch.servlet.internal.http;

import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110, 8.8.3 and 13.1.2). */
public final class EntityTags {
    private EntityTags() {}

    /** Returns whether an {@code If-None-Match} header contains the tag, by weak comparison. */
    static boolean match(@Nullable String header, String tag) {
        if (header == null) {
            return false;
        }
        String wanted = opaque(tag);
        for (String candidate : header.split(",")) {
            String stripped = candidate.strip();
            if (stripped.equals("*") || opaque(stripped).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the weak form of a tag. */
    public static String weak(String tag) {
        return tag.startsWith("W/") ? tag : "W/" + tag;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}

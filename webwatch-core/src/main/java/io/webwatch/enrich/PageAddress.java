package io.webwatch.enrich;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a page's address that are kept. Clients send addresses that {@link java.net.URI} rejects, so this parser
 * accepts every input. Immutable.
 *
 * @param host lower case, without port; null if there is none
 * @param path with the allowed parameters, at most {@value #MAX_PATH} characters
 * @param bare path without parameters
 */
record PageAddress(@Nullable String host, String path, String bare, String query) {
    private static final int MAX_PATH = 1_024;

    /**
     * Parses an address.
     *
     * @param allowed names of the query parameters that are part of the page's identity
     */
    static PageAddress parse(String url, Set<String> allowed) {
        int end = indexOrEnd(url, '#', 0);
        int scheme = url.indexOf("://");
        int authority = scheme < 0 || scheme > 8 ? 0 : scheme + 3;
        boolean absolute = authority > 0;
        int pathStart = absolute ? firstOf(url, authority, end) : 0;
        int queryStart = Math.min(indexOrEnd(url, '?', pathStart), end);
        String bare = cut(url.substring(Math.min(pathStart, queryStart), queryStart));
        if (bare.isEmpty()) {
            bare = "/";
        }
        String query = queryStart < end ? url.substring(queryStart + 1, end) : "";
        String host = absolute ? host(url.substring(authority, pathStart)) : null;
        return new PageAddress(host, cut(bare + allowedQuery(query, allowed)), bare, query);
    }

    /** Returns the decoded value of a query parameter, at most 128 characters long, or null. */
    @Nullable
    String parameter(String name) {
        for (int from = 0; from < query.length(); ) {
            int to = indexOrEnd(query, '&', from);
            if (query.startsWith(name, from)
                    && from + name.length() < to
                    && query.charAt(from + name.length()) == '=') {
                String value = decode(query.substring(from + name.length() + 1, to));
                return value.isEmpty() ? null : cut(value, 128);
            }
            from = to + 1;
        }
        return null;
    }

    /** Returns whether there is a query parameter. */
    boolean has(String name) {
        return !query.isEmpty() && (("&" + query).contains("&" + name + "="));
    }

    private static String allowedQuery(String query, Set<String> allowed) {
        if (query.isEmpty() || allowed.isEmpty()) {
            return "";
        }
        StringBuilder kept = new StringBuilder();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (allowed.contains(equals < 0 ? pair : pair.substring(0, equals))) {
                kept.append(kept.isEmpty() ? '?' : '&').append(pair);
            }
        }
        return kept.toString();
    }

    private static String host(String authority) {
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        int colon = host.lastIndexOf(':');
        if (colon > host.lastIndexOf(']')) {
            host = host.substring(0, colon);
        }
        return cut(host.toLowerCase(Locale.ROOT), 255);
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // an invalid escape is kept unchanged
        }
    }

    private static int firstOf(String url, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return end;
    }

    private static int indexOrEnd(String text, char c, int from) {
        int index = text.indexOf(c, from);
        return index < 0 ? text.length() : index;
    }

    private static String cut(String path) {
        return cut(path, MAX_PATH);
    }

    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}

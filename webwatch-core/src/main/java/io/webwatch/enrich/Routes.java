package io.webwatch.enrich;

/** Derives a route template from a path, for pages whose route the server does not provide. */
final class Routes {
    private static final String ID = "{id}";
    private static final int LONG = 20;

    private Routes() {}

    /** Returns the path in which {@code {id}} replaces every segment that looks like an identifier. */
    static String normalise(String path) {
        StringBuilder route = null;
        for (int from = 0; from < path.length(); ) {
            int start = path.charAt(from) == '/' ? from + 1 : from;
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            if (looksLikeId(path, start, end)) {
                if (route == null) {
                    route = new StringBuilder(path.length()).append(path, 0, from);
                }
                route.append(path, from, start).append(ID);
            } else if (route != null) {
                route.append(path, from, end);
            }
            from = end;
            if (start == path.length()) {
                break;
            }
        }
        return route == null ? path : route.toString();
    }

    /** Returns whether a segment has only digits, is hexadecimal (also a UUID), or is long and has several digits. */
    private static boolean looksLikeId(String path, int start, int end) {
        int digits = 0;
        int hex = 0;
        int dashes = 0;
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
                hex++;
            } else if (c == '-') {
                dashes++;
            }
        }
        int length = end - start;
        if (digits == 0) {
            return false;
        }
        return digits == length
                || length >= 8 && digits + hex + dashes == length && hex > 0
                || length >= LONG && digits >= 4 && path.indexOf('.', start) < 0;
    }
}

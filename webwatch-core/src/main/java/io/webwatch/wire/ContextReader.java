package io.webwatch.wire;

import org.jspecify.annotations.Nullable;

/** Reads the context of one batch. {@code null} and an empty string count as absent. */
final class ContextReader {
    private static final int MAX_PIXELS = 65_535;
    private static final int MAX_TOUCH_POINTS = 255;
    private static final int MIN_PAGE_VIEW = 16;
    private static final int MAX_PAGE_VIEW = 64;

    private final JsonCursor in;
    private boolean version;
    private @Nullable String pageView;
    private @Nullable String url;
    private @Nullable String referrer;
    private @Nullable String title;
    private @Nullable String site;
    private @Nullable String language;
    private @Nullable String timeZone;
    private int screenWidth;
    private int screenHeight;
    private int viewportWidth;
    private int viewportHeight;
    private int touchPoints;
    private @Nullable String route;
    private @Nullable String user;
    private @Nullable String visitor;

    ContextReader(JsonCursor in) {
        this.in = in;
    }

    void read(int key) throws MalformedBatchException {
        switch (key) {
            case WireKeys.V -> version();
            case WireKeys.P -> pageView = pageView();
            case WireKeys.U -> url = url();
            case WireKeys.R -> referrer = text("r", TextLimits.URL);
            case WireKeys.T -> title = text("t", TextLimits.TITLE);
            case WireKeys.S -> site = text("s", TextLimits.SITE);
            case WireKeys.L -> language = text("l", TextLimits.LANGUAGE);
            case WireKeys.Z -> timeZone = text("z", TextLimits.TIME_ZONE);
            case WireKeys.SC -> {
                int[] size = size("sc");
                screenWidth = size[0];
                screenHeight = size[1];
            }
            case WireKeys.VP -> {
                int[] size = size("vp");
                viewportWidth = size[0];
                viewportHeight = size[1];
            }
            case WireKeys.TP -> touchPoints = in.nullLiteral() ? 0 : integer("tp", MAX_TOUCH_POINTS);
            case WireKeys.RT -> route = text("rt", TextLimits.ROUTE);
            case WireKeys.UI -> user = uniqueText("ui", TextLimits.USER);
            case WireKeys.VI -> visitor = uniqueText("vi", TextLimits.VISITOR);
            default -> in.skipValue();
        }
    }

    WireContext context() throws MalformedBatchException {
        if (!version) {
            throw in.malformed("the version 'v' is missing");
        }
        if (pageView == null) {
            throw in.malformed("the page view id 'p' is missing");
        }
        if (url == null) {
            throw in.malformed("the address 'u' is missing");
        }
        return new WireContext(
                pageView,
                url,
                referrer,
                title,
                site,
                language,
                timeZone,
                screenWidth,
                screenHeight,
                viewportWidth,
                viewportHeight,
                touchPoints,
                route,
                user,
                visitor);
    }

    private void version() throws MalformedBatchException {
        if (!JsonCursor.beginsNumber(in.peek())) {
            throw in.malformed("the version 'v' is not 1");
        }
        double number = in.number() ? in.longValue() : in.doubleValue();
        if (number != 1) {
            throw in.malformed("the version 'v' is not 1");
        }
        version = true;
    }

    private @Nullable String pageView() throws MalformedBatchException {
        String id = uniqueText("p", MAX_PAGE_VIEW + 1);
        if (id == null) {
            return null;
        }
        boolean fits = id.length() >= MIN_PAGE_VIEW && id.length() <= MAX_PAGE_VIEW;
        for (int i = 0; fits && i < id.length(); i++) {
            char c = id.charAt(i);
            fits = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
        }
        if (!fits) {
            throw in.malformed("the page view id 'p' is not 16 to 64 of A-Z a-z 0-9 _ -");
        }
        return id;
    }

    private @Nullable String url() throws MalformedBatchException {
        String address = text("u", TextLimits.URL);
        if (address == null) {
            return null;
        }
        int host = address.regionMatches(true, 0, "https://", 0, 8)
                ? 8
                : address.regionMatches(true, 0, "http://", 0, 7) ? 7 : address.length();
        if (host >= address.length() || "/?#".indexOf(address.charAt(host)) >= 0) {
            throw in.malformed("the address 'u' is not an absolute http or https URL");
        }
        return address;
    }

    private @Nullable String text(String key, int limit) throws MalformedBatchException {
        return isText(key) ? presence(in.text(limit)) : null;
    }

    private @Nullable String uniqueText(String key, int limit) throws MalformedBatchException {
        return isText(key) ? presence(in.uniqueText(limit)) : null;
    }

    private static @Nullable String presence(String text) {
        return text.isEmpty() ? null : text;
    }

    private boolean isText(String key) throws MalformedBatchException {
        if (in.peek() == '"') {
            return true;
        }
        if (in.nullLiteral()) {
            return false;
        }
        throw wrong(key, "a string");
    }

    private int integer(String key, int max) throws MalformedBatchException {
        if (!JsonCursor.beginsNumber(in.peek())) {
            throw wrong(key, "a number");
        }
        long value = in.number() ? in.longValue() : EventFields.rounded(in.doubleValue());
        if (value < 0 || value > max) {
            throw in.malformed("a number in '" + key + "' is not from 0 to " + max);
        }
        return (int) value;
    }

    private int[] size(String key) throws MalformedBatchException {
        int[] size = new int[2];
        if (in.nullLiteral()) {
            return size;
        }
        if (in.peek() != '[') {
            throw wrong(key, "a pair of numbers");
        }
        int count = 0;
        in.openArray();
        for (boolean more = in.firstItem(); more; more = in.nextItem()) {
            if (count == size.length) {
                throw wrong(key, "a pair of numbers");
            }
            size[count++] = integer(key, MAX_PIXELS);
        }
        if (count != size.length) {
            throw wrong(key, "a pair of numbers");
        }
        return size;
    }

    /** Returns the error for a value of another type or a missing value. */
    private MalformedBatchException wrong(String key, String type) {
        return in.peek() == -1 ? in.unexpected("a value") : in.malformed("'" + key + "' is not " + type);
    }
}

package io.webwatch.event;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all events of a page view share. Immutable; null means "not known".
 *
 * @param site which of the application's sites
 * @param visitor pseudonymous id of the visitor; empty for an event that the application published without a visitor
 * @param session id of the session; empty if there is no visitor
 * @param user the application's name for the signed-in user
 * @param bot why this is considered a bot, or null for a person
 */
public record EventContext(
        String site,
        String visitor,
        String session,
        @Nullable String user,
        Page page,
        Acquisition acquisition,
        Client client,
        Location location,
        @Nullable String bot)
        implements Attributed {
    @Override
    public void writeTo(AttributeWriter out) {
        out.text("site", site);
        out.text("visitor", visitor);
        out.text("session", session);
        out.text("user", user);
        page.writeTo(out);
        acquisition.writeTo(out);
        client.writeTo(out);
        location.writeTo(out);
        out.text("bot", bot);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException if an attribute is missing or invalid
     */
    public static EventContext readFrom(AttributeReader in) {
        return new EventContext(
                in.requiredText("site"),
                in.requiredText("visitor"),
                in.requiredText("session"),
                in.text("user"),
                Page.readFrom(in),
                Acquisition.readFrom(in),
                Client.readFrom(in),
                Location.readFrom(in),
                in.text("bot"));
    }

    /**
     * The page.
     *
     * @param id id of the page view
     * @param path path with the allowed query parameters only and without a fragment
     * @param route route template of the server, or the normalised path
     * @param referrer address without its query; null if it has the same host
     */
    public record Page(
            String id,
            @Nullable String host,
            String path,
            String route,
            @Nullable String title,
            @Nullable String referrer)
            implements Attributed {
        @Override
        public void writeTo(AttributeWriter out) {
            out.text("page_view", id);
            out.text("host", host);
            out.text("path", path);
            out.text("route", route);
            out.text("title", title);
            out.text("referrer", referrer);
        }

        static Page readFrom(AttributeReader in) {
            return new Page(
                    in.requiredText("page_view"),
                    in.text("host"),
                    in.requiredText("path"),
                    in.requiredText("route"),
                    in.text("title"),
                    in.text("referrer"));
        }
    }

    /**
     * Where the visitor came from.
     *
     * @param channel such as {@code direct}, {@code search}, {@code social}, {@code referral}, {@code email}, {@code paid}
     */
    public record Acquisition(
            String channel,
            @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String utmTerm,
            @Nullable String utmContent)
            implements Attributed {
        @Override
        public void writeTo(AttributeWriter out) {
            out.text("channel", channel);
            out.text("utm_source", utmSource);
            out.text("utm_medium", utmMedium);
            out.text("utm_campaign", utmCampaign);
            out.text("utm_term", utmTerm);
            out.text("utm_content", utmContent);
        }

        static Acquisition readFrom(AttributeReader in) {
            return new Acquisition(
                    in.requiredText("channel"),
                    in.text("utm_source"),
                    in.text("utm_medium"),
                    in.text("utm_campaign"),
                    in.text("utm_term"),
                    in.text("utm_content"));
        }
    }

    /** Kinds of device. */
    public enum DeviceKind {
        DESKTOP("desktop"),
        MOBILE("mobile"),
        TABLET("tablet"),
        UNKNOWN("unknown");

        private static final Map<String, DeviceKind> BY_ID =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(DeviceKind::id, Function.identity()));

        private final String id;

        DeviceKind(String id) {
            this.id = id;
        }

        /** Returns the name in stores. */
        public String id() {
            return id;
        }

        /** Returns the kind with that name, or null if there is none. */
        public static @Nullable DeviceKind byId(String id) {
            return BY_ID.get(id);
        }
    }

    /**
     * The visitor's device and browser. Sizes are in CSS pixels, 0 if not known.
     *
     * @param language BCP 47 tag
     * @param timeZone IANA name
     */
    public record Client(
            DeviceKind device,
            @Nullable String browser,
            @Nullable String browserVersion,
            @Nullable String os,
            @Nullable String osVersion,
            int screenWidth,
            int screenHeight,
            int viewportWidth,
            int viewportHeight,
            @Nullable String language,
            @Nullable String timeZone)
            implements Attributed {
        @Override
        public void writeTo(AttributeWriter out) {
            out.text("device", device.id());
            out.text("browser", browser);
            out.text("browser_version", browserVersion);
            out.text("os", os);
            out.text("os_version", osVersion);
            out.pixels("screen_width", screenWidth);
            out.pixels("screen_height", screenHeight);
            out.pixels("viewport_width", viewportWidth);
            out.pixels("viewport_height", viewportHeight);
            out.text("language", language);
            out.text("time_zone", timeZone);
        }

        static Client readFrom(AttributeReader in) {
            return new Client(
                    in.constant("device", DeviceKind::byId),
                    in.text("browser"),
                    in.text("browser_version"),
                    in.text("os"),
                    in.text("os_version"),
                    in.pixels("screen_width"),
                    in.pixels("screen_height"),
                    in.pixels("viewport_width"),
                    in.pixels("viewport_height"),
                    in.text("language"),
                    in.text("time_zone"));
        }
    }

    /**
     * Where the visitor is, if the application supplies a GeoIP file.
     *
     * @param country ISO 3166-1 alpha-2
     */
    public record Location(
            @Nullable String country,
            @Nullable String region,
            @Nullable String city) implements Attributed {
        /** A location that is not known. */
        public static final Location UNKNOWN = new Location(null, null, null);

        @Override
        public void writeTo(AttributeWriter out) {
            out.text("country", country);
            out.text("region", region);
            out.text("city", city);
        }

        static Location readFrom(AttributeReader in) {
            return new Location(in.text("country"), in.text("region"), in.text("city"));
        }
    }
}

package io.webwatch.event;

import org.jspecify.annotations.Nullable;

/**
 * What all events of a page view share. Immutable; null means "not known".
 *
 * @param site which of the application's sites
 * @param visitor pseudonymous visitor id; empty for what the application published of its own, for no visitor
 * @param session session id; empty where there is no visitor
 * @param user the host application's name for the signed-in user
 * @param bot why this is taken for a bot, or null for a person
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

    /**
     * The page.
     *
     * @param id page view id
     * @param path path with its allowed query parameters only, never a fragment
     * @param route route template of the server, or the normalised path
     * @param referrer without its query; null when it is the same host
     */
    public record Page(
            String id,
            @Nullable String host,
            String path,
            String route,
            @Nullable String title,
            @Nullable String referrer) {}

    /**
     * How the visitor came.
     *
     * @param channel such as {@code direct}, {@code search}, {@code social}, {@code referral}, {@code email}, {@code paid}
     */
    public record Acquisition(
            String channel,
            @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String utmTerm,
            @Nullable String utmContent) {}

    /** Kinds of device. */
    public enum DeviceKind {
        DESKTOP("desktop"),
        MOBILE("mobile"),
        TABLET("tablet"),
        UNKNOWN("unknown");

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
            for (DeviceKind kind : values()) {
                if (kind.id.equals(id)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /**
     * The visitor's device and browser. Sizes are CSS pixels, 0 when not known.
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
            @Nullable String timeZone) {}

    /**
     * Where, when the application supplies a GeoIP file.
     *
     * @param country ISO 3166-1 alpha-2
     */
    public record Location(
            @Nullable String country,
            @Nullable String region,
            @Nullable String city) {
        /** Nothing known. */
        public static final Location UNKNOWN = new Location(null, null, null);
    }

    @Override
    public void attributes(AttributeVisitor visitor) {
        visitor.text("site", site);
        visitor.text("visitor", visitor());
        visitor.text("session", session);
        visitor.text("user", user);
        visitor.text("page_view", page.id);
        visitor.text("host", page.host);
        visitor.text("path", page.path);
        visitor.text("route", page.route);
        visitor.text("title", page.title);
        visitor.text("referrer", page.referrer);
        visitor.text("channel", acquisition.channel);
        visitor.text("utm_source", acquisition.utmSource);
        visitor.text("utm_medium", acquisition.utmMedium);
        visitor.text("utm_campaign", acquisition.utmCampaign);
        visitor.text("utm_term", acquisition.utmTerm);
        visitor.text("utm_content", acquisition.utmContent);
        visitor.text("device", client.device.id());
        visitor.text("browser", client.browser);
        visitor.text("browser_version", client.browserVersion);
        visitor.text("os", client.os);
        visitor.text("os_version", client.osVersion);
        visitor.integer("screen_width", known(client.screenWidth));
        visitor.integer("screen_height", known(client.screenHeight));
        visitor.integer("viewport_width", known(client.viewportWidth));
        visitor.integer("viewport_height", known(client.viewportHeight));
        visitor.text("language", client.language);
        visitor.text("time_zone", client.timeZone);
        visitor.text("country", location.country);
        visitor.text("region", location.region);
        visitor.text("city", location.city);
        visitor.text("bot", bot);
    }

    private static @Nullable Long known(int pixels) {
        return pixels == 0 ? null : (long) pixels;
    }
}

package io.webwatch.influxdb;

import io.webwatch.event.EventContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tags and fields that all events of a page view share, encoded once as long as events of the same context follow each
 * other. Not thread-safe.
 */
final class ContextBlock {
    private static final byte[] VISITOR = Keys.field("visitor");
    private static final byte[] SESSION = Keys.field("session");
    private static final byte[] USER = Keys.field("user");
    private static final byte[] PAGE_VIEW = Keys.field("page_view");
    private static final byte[] HOST = Keys.field("host");
    private static final byte[] PATH = Keys.field("path");
    private static final byte[] TITLE = Keys.field("title");
    private static final byte[] REFERRER = Keys.field("referrer");
    private static final byte[] UTM_SOURCE = Keys.field("utm_source");
    private static final byte[] UTM_MEDIUM = Keys.field("utm_medium");
    private static final byte[] UTM_CAMPAIGN = Keys.field("utm_campaign");
    private static final byte[] UTM_TERM = Keys.field("utm_term");
    private static final byte[] UTM_CONTENT = Keys.field("utm_content");
    private static final byte[] BROWSER_VERSION = Keys.field("browser_version");
    private static final byte[] OS_VERSION = Keys.field("os_version");
    private static final byte[] SCREEN_WIDTH = Keys.field("screen_width");
    private static final byte[] SCREEN_HEIGHT = Keys.field("screen_height");
    private static final byte[] VIEWPORT_WIDTH = Keys.field("viewport_width");
    private static final byte[] VIEWPORT_HEIGHT = Keys.field("viewport_height");
    private static final byte[] LANGUAGE = Keys.field("language");
    private static final byte[] TIME_ZONE = Keys.field("time_zone");
    private static final byte[] REGION = Keys.field("region");
    private static final byte[] CITY = Keys.field("city");
    private static final byte[] BOT = Keys.field("bot");

    private final TagValues browser;
    private final TagValues channel;
    private final TagValues country;
    private final TagValues device;
    private final TagValues os;
    private final TagValues page;
    private final TagValues site;

    private final LineBuffer buffer = new LineBuffer(1024);
    private final ExactFields exact = new ExactFields(7);
    private final TagValues[] overflowed = new TagValues[7];
    private int overflows;
    private @Nullable EventContext current;
    private int originEnd;
    private int deviceEnd;
    private int osEnd;
    private int tagsEnd;
    private int identityEnd;

    ContextBlock(int maxTagValues) {
        browser = new TagValues("browser", maxTagValues);
        channel = new TagValues("channel", maxTagValues);
        country = new TagValues("country", maxTagValues);
        device = new TagValues("device", maxTagValues);
        os = new TagValues("os", maxTagValues);
        page = new TagValues("page", maxTagValues);
        site = new TagValues("site", maxTagValues);
    }

    List<TagValues> tags() {
        return List.of(browser, channel, country, device, os, page, site);
    }

    /** Makes this the block of a context. */
    void use(EventContext context) {
        if (context != current) {
            current = null; // whatever happens below, half a block is never used
            encode(context);
            current = context;
        }
        for (int i = 0; i < overflows; i++) {
            overflowed[i].countOverflow();
        }
    }

    /** {@code browser}, {@code channel}, {@code country}. */
    void originTags(LineBuffer out) {
        out.raw(buffer.array(), 0, originEnd);
    }

    /** {@code device}. */
    void deviceTag(LineBuffer out) {
        out.raw(buffer.array(), originEnd, deviceEnd);
    }

    /** {@code os}. */
    void osTag(LineBuffer out) {
        out.raw(buffer.array(), deviceEnd, osEnd);
    }

    /** {@code page} and {@code site}. */
    void pageTags(LineBuffer out) {
        out.raw(buffer.array(), osEnd, tagsEnd);
    }

    /** Visitor, session, user, page view, path. */
    void identityFields(LineBuffer out) {
        out.raw(buffer.array(), tagsEnd, identityEnd);
    }

    /** All of them. */
    void allFields(LineBuffer out) {
        out.raw(buffer.array(), tagsEnd, buffer.size());
    }

    private void encode(EventContext context) {
        buffer.clear();
        exact.clear();
        overflows = 0;
        tag(browser, context.client().browser());
        tag(channel, context.acquisition().channel());
        tag(country, context.location().country());
        originEnd = buffer.size();
        tag(device, context.client().device().id());
        deviceEnd = buffer.size();
        tag(os, context.client().os());
        osEnd = buffer.size();
        tag(page, context.page().route());
        tag(site, context.site());
        tagsEnd = buffer.size();
        text(VISITOR, context.visitor());
        text(SESSION, context.session());
        text(USER, context.user());
        text(PAGE_VIEW, context.page().id());
        text(PATH, context.page().path());
        exact.write(buffer);
        identityEnd = buffer.size();
        page(context.page());
        acquisition(context.acquisition());
        client(context.client());
        text(REGION, context.location().region());
        text(CITY, context.location().city());
        text(BOT, context.bot());
    }

    private void page(EventContext.Page value) {
        text(HOST, value.host());
        text(TITLE, value.title());
        text(REFERRER, value.referrer());
    }

    private void acquisition(EventContext.Acquisition value) {
        text(UTM_SOURCE, value.utmSource());
        text(UTM_MEDIUM, value.utmMedium());
        text(UTM_CAMPAIGN, value.utmCampaign());
        text(UTM_TERM, value.utmTerm());
        text(UTM_CONTENT, value.utmContent());
    }

    private void client(EventContext.Client value) {
        text(BROWSER_VERSION, value.browserVersion());
        text(OS_VERSION, value.osVersion());
        pixels(SCREEN_WIDTH, value.screenWidth());
        pixels(SCREEN_HEIGHT, value.screenHeight());
        pixels(VIEWPORT_WIDTH, value.viewportWidth());
        pixels(VIEWPORT_HEIGHT, value.viewportHeight());
        text(LANGUAGE, value.language());
        text(TIME_ZONE, value.timeZone());
    }

    private void tag(TagValues values, @Nullable String value) {
        TagValues.Tag tag = exact.tag(values, value);
        if (tag != null) {
            buffer.raw(tag.text());
            if (values.isOther(tag)) {
                overflowed[overflows++] = values;
            }
        }
    }

    private void text(byte[] key, @Nullable String value) {
        if (value != null) {
            buffer.raw(key);
            buffer.quoted(value);
        }
    }

    private void pixels(byte[] key, int value) {
        if (value != 0) {
            buffer.raw(key);
            buffer.number(value);
            buffer.one('i');
        }
    }
}

package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.EventContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tags and fields that all events of a page view share, encoded once as long as events of the same context follow each
 * other. Not thread-safe.
 */
final class ContextBlock {
    private static final Fragment VISITOR = Keys.text("visitor");
    private static final Fragment SESSION = Keys.text("session");
    private static final Fragment USER = Keys.text("user");
    private static final Fragment PAGE_VIEW = Keys.text("page_view");
    private static final Fragment HOST = Keys.text("host");
    private static final Fragment PATH = Keys.text("path");
    private static final Fragment TITLE = Keys.text("title");
    private static final Fragment REFERRER = Keys.text("referrer");
    private static final Fragment UTM_SOURCE = Keys.text("utm_source");
    private static final Fragment UTM_MEDIUM = Keys.text("utm_medium");
    private static final Fragment UTM_CAMPAIGN = Keys.text("utm_campaign");
    private static final Fragment UTM_TERM = Keys.text("utm_term");
    private static final Fragment UTM_CONTENT = Keys.text("utm_content");
    private static final Fragment REGION = Keys.text("region");
    private static final Fragment CITY = Keys.text("city");
    private static final Fragment BOT = Keys.text("bot");

    private final ClientBlock.Tags clientTags;
    private final ClientBlock.Cache clients;
    private final TagValues channel;
    private final TagValues country;
    private final TagValues page;
    private final TagValues site;

    private final LineBuffer buffer = new LineBuffer(1024);
    private final ExactFields exact = new ExactFields(4);
    private final Overflows overflows = new Overflows(4);
    private @Nullable EventContext current;
    private int originEnd;
    private int deviceEnd;
    private int osEnd;
    private int tagsEnd;
    private int identityEnd;

    ContextBlock(int maxTagValues) {
        clientTags = new ClientBlock.Tags(
                new TagValues("browser", maxTagValues),
                new TagValues("device", maxTagValues),
                new TagValues("os", maxTagValues));
        clients = new ClientBlock.Cache(clientTags);
        channel = new TagValues("channel", maxTagValues);
        country = new TagValues("country", maxTagValues);
        page = new TagValues("page", maxTagValues);
        site = new TagValues("site", maxTagValues);
    }

    List<TagValues> tags() {
        return List.of(clientTags.browser(), channel, country, clientTags.device(), clientTags.os(), page, site);
    }

    /** Makes this the block of a context, for another event. */
    void use(EventContext context) {
        ClientBlock client = clients.of(context.client());
        if (context != current) {
            current = null; // whatever happens below, half a block is never used
            encode(context, client);
            current = context;
        }
        client.countOverflows();
        overflows.count();
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

    private void encode(EventContext context, ClientBlock client) {
        buffer.clear();
        exact.clear();
        overflows.clear();
        client.browserTag(buffer);
        tag(channel, context.acquisition().channel());
        tag(country, context.location().country());
        originEnd = buffer.size();
        client.deviceTag(buffer);
        deviceEnd = buffer.size();
        client.osTag(buffer);
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
        client.exactFields(buffer);
        identityEnd = buffer.size();
        page(context.page());
        acquisition(context.acquisition());
        client.fields(buffer);
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

    private void tag(TagValues values, @Nullable String value) {
        TagValues.Tag tag = exact.tag(values, value);
        if (tag != null) {
            buffer.raw(tag.text());
            overflows.note(values, tag);
        }
    }

    private void text(Fragment key, @Nullable String value) {
        if (value != null) {
            buffer.text(key, value);
        }
    }
}

package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.EventContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoded tags and fields that all events of a page view share. Consecutive events with the same context use the same
 * encoding. Not thread-safe.
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

    private final Block block = new Block(1024, 4);
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

    /** Prepares the block of a context for another event. */
    void use(EventContext context) {
        ClientBlock client = clients.of(context.client());
        if (context != current) {
            current = null; // so that a block is not used if an exception leaves it incomplete
            encode(context, client);
            current = context;
        }
        client.countOverflows();
        block.countOverflows();
    }

    /** Writes {@code browser}, {@code channel} and {@code country}. */
    void originTags(LineBuffer out) {
        block.copy(0, originEnd, out);
    }

    /** Writes {@code device}. */
    void deviceTag(LineBuffer out) {
        block.copy(originEnd, deviceEnd, out);
    }

    /** Writes {@code os}. */
    void osTag(LineBuffer out) {
        block.copy(deviceEnd, osEnd, out);
    }

    /** Writes {@code page} and {@code site}. */
    void pageTags(LineBuffer out) {
        block.copy(osEnd, tagsEnd, out);
    }

    /** Writes the fields that every measurement has: visitor, session, user, page view, path. */
    void identityFields(LineBuffer out) {
        block.copy(tagsEnd, identityEnd, out);
    }

    /** Writes all fields. */
    void allFields(LineBuffer out) {
        block.copy(tagsEnd, block.size(), out);
    }

    private void encode(EventContext context, ClientBlock client) {
        block.clear();
        LineBuffer buffer = block.buffer();
        client.browserTag(buffer);
        block.tag(channel, context.acquisition().channel());
        block.tag(country, context.location().country());
        originEnd = block.size();
        client.deviceTag(buffer);
        deviceEnd = block.size();
        client.osTag(buffer);
        osEnd = block.size();
        block.tag(page, context.page().route());
        block.tag(site, context.site());
        tagsEnd = block.size();
        block.text(VISITOR, context.visitor());
        block.text(SESSION, context.session());
        block.text(USER, context.user());
        block.text(PAGE_VIEW, context.page().id());
        block.text(PATH, context.page().path());
        block.exactFields();
        client.exactFields(buffer);
        identityEnd = block.size();
        page(context.page());
        acquisition(context.acquisition());
        client.fields(buffer);
        block.text(REGION, context.location().region());
        block.text(CITY, context.location().city());
        block.text(BOT, context.bot());
    }

    private void page(EventContext.Page value) {
        block.text(HOST, value.host());
        block.text(TITLE, value.title());
        block.text(REFERRER, value.referrer());
    }

    private void acquisition(EventContext.Acquisition value) {
        block.text(UTM_SOURCE, value.utmSource());
        block.text(UTM_MEDIUM, value.utmMedium());
        block.text(UTM_CAMPAIGN, value.utmCampaign());
        block.text(UTM_TERM, value.utmTerm());
        block.text(UTM_CONTENT, value.utmContent());
    }
}

package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.EventContext;
import org.jspecify.annotations.Nullable;

/**
 * The encoded tags and fields of a device and browser. Many sessions share one {@link EventContext.Client}, so a {@link
 * Cache} keeps the blocks of recent ones. Not thread-safe.
 */
final class ClientBlock {
    private static final Fragment BROWSER_VERSION = Keys.text("browser_version");
    private static final Fragment OS_VERSION = Keys.text("os_version");
    private static final Fragment SCREEN_WIDTH = Keys.field("screen_width");
    private static final Fragment SCREEN_HEIGHT = Keys.field("screen_height");
    private static final Fragment VIEWPORT_WIDTH = Keys.field("viewport_width");
    private static final Fragment VIEWPORT_HEIGHT = Keys.field("viewport_height");
    private static final Fragment LANGUAGE = Keys.text("language");
    private static final Fragment TIME_ZONE = Keys.text("time_zone");

    private final Block block = new Block(256, 3);
    private EventContext.@Nullable Client client;
    private int browserEnd;
    private int deviceEnd;
    private int osEnd;
    private int exactEnd;

    /** The tags of clients, which all blocks share. */
    record Tags(TagValues browser, TagValues device, TagValues os) {}

    /** Recent blocks by the identity of their client. */
    static final class Cache {
        private static final int SLOTS = 256;

        private final Tags tags;
        private final @Nullable ClientBlock[] blocks = new @Nullable ClientBlock[SLOTS];

        Cache(Tags tags) {
            this.tags = tags;
        }

        ClientBlock of(EventContext.Client client) {
            int slot = System.identityHashCode(client) & SLOTS - 1;
            ClientBlock cached = blocks[slot];
            if (cached == null) {
                cached = new ClientBlock();
                blocks[slot] = cached;
            }
            if (cached.client != client) {
                cached.encode(client, tags);
            }
            return cached;
        }
    }

    private void encode(EventContext.Client value, Tags tags) {
        client = null; // so that a block is not used if an exception leaves it incomplete
        block.clear();
        block.tag(tags.browser(), value.browser());
        browserEnd = block.size();
        block.tag(tags.device(), value.device().id());
        deviceEnd = block.size();
        block.tag(tags.os(), value.os());
        osEnd = block.size();
        block.exactFields();
        exactEnd = block.size();
        block.text(BROWSER_VERSION, value.browserVersion());
        block.text(OS_VERSION, value.osVersion());
        block.pixels(SCREEN_WIDTH, value.screenWidth());
        block.pixels(SCREEN_HEIGHT, value.screenHeight());
        block.pixels(VIEWPORT_WIDTH, value.viewportWidth());
        block.pixels(VIEWPORT_HEIGHT, value.viewportHeight());
        block.text(LANGUAGE, value.language());
        block.text(TIME_ZONE, value.timeZone());
        client = value;
    }

    void browserTag(LineBuffer out) {
        block.copy(0, browserEnd, out);
    }

    void deviceTag(LineBuffer out) {
        block.copy(browserEnd, deviceEnd, out);
    }

    void osTag(LineBuffer out) {
        block.copy(deviceEnd, osEnd, out);
    }

    void exactFields(LineBuffer out) {
        block.copy(osEnd, exactEnd, out);
    }

    void fields(LineBuffer out) {
        block.copy(exactEnd, block.size(), out);
    }

    void countOverflows() {
        block.countOverflows();
    }
}

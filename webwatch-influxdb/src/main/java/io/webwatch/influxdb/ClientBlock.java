package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.EventContext;
import org.jspecify.annotations.Nullable;

/**
 * The tags and fields of a device and browser, encoded. Sessions share descriptions of clients, so the blocks of those met
 * last are kept. Not thread-safe.
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

    private final LineBuffer buffer = new LineBuffer(256);
    private final ExactFields exact = new ExactFields(3);
    private final Overflows overflows = new Overflows(3);
    private EventContext.@Nullable Client client;
    private int browserEnd;
    private int deviceEnd;
    private int osEnd;
    private int exactEnd;

    /** The tags of clients, shared by all blocks. */
    record Tags(TagValues browser, TagValues device, TagValues os) {}

    /** The blocks that are kept, found by the identity of the client. */
    static final class Cache {
        private static final int SLOTS = 256;

        private final Tags tags;
        private final @Nullable ClientBlock[] blocks = new @Nullable ClientBlock[SLOTS];

        Cache(Tags tags) {
            this.tags = tags;
        }

        ClientBlock of(EventContext.Client client) {
            int slot = System.identityHashCode(client) & SLOTS - 1;
            ClientBlock block = blocks[slot];
            if (block == null) {
                block = new ClientBlock();
                blocks[slot] = block;
            }
            if (block.client != client) {
                block.encode(client, tags);
            }
            return block;
        }
    }

    private void encode(EventContext.Client value, Tags tags) {
        client = null; // whatever happens below, half a block is never used
        buffer.clear();
        exact.clear();
        overflows.clear();
        tag(tags.browser(), value.browser());
        browserEnd = buffer.size();
        tag(tags.device(), value.device().id());
        deviceEnd = buffer.size();
        tag(tags.os(), value.os());
        osEnd = buffer.size();
        exact.write(buffer);
        exactEnd = buffer.size();
        text(BROWSER_VERSION, value.browserVersion());
        text(OS_VERSION, value.osVersion());
        pixels(SCREEN_WIDTH, value.screenWidth());
        pixels(SCREEN_HEIGHT, value.screenHeight());
        pixels(VIEWPORT_WIDTH, value.viewportWidth());
        pixels(VIEWPORT_HEIGHT, value.viewportHeight());
        text(LANGUAGE, value.language());
        text(TIME_ZONE, value.timeZone());
        client = value;
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

    private void pixels(Fragment key, int value) {
        if (value != 0) {
            buffer.integer(key, value);
        }
    }

    void browserTag(LineBuffer out) {
        out.raw(buffer.array(), 0, browserEnd);
    }

    void deviceTag(LineBuffer out) {
        out.raw(buffer.array(), browserEnd, deviceEnd);
    }

    void osTag(LineBuffer out) {
        out.raw(buffer.array(), deviceEnd, osEnd);
    }

    void exactFields(LineBuffer out) {
        out.raw(buffer.array(), osEnd, exactEnd);
    }

    void fields(LineBuffer out) {
        out.raw(buffer.array(), exactEnd, buffer.size());
    }

    void countOverflows() {
        overflows.count();
    }
}

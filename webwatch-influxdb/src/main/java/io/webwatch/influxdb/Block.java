package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import org.jspecify.annotations.Nullable;

/**
 * Encoded tags and fields that many points share, with what else each of these points needs to know: the values that no
 * tag holds verbatim, and the tags whose limit was reached. Not thread-safe.
 */
final class Block {
    private final LineBuffer buffer;
    private final ExactFields exact;
    private final Overflows overflows;

    /**
     * Creates an empty block.
     *
     * @param maxTags maximum number of tags
     */
    Block(int capacity, int maxTags) {
        buffer = new LineBuffer(capacity);
        exact = new ExactFields(maxTags);
        overflows = new Overflows(maxTags);
    }

    void clear() {
        buffer.clear();
        exact.clear();
        overflows.clear();
    }

    LineBuffer buffer() {
        return buffer;
    }

    int size() {
        return buffer.size();
    }

    void tag(TagValues values, @Nullable String value) {
        TagValues.Tag tag = exact.tag(values, value);
        if (tag != null) {
            buffer.raw(tag.text());
            overflows.note(values, tag);
        }
    }

    void text(Fragment key, @Nullable String value) {
        buffer.text(key, value);
    }

    /** Writes a size in pixels, unless it is not known. */
    void pixels(Fragment key, int value) {
        if (value != 0) {
            buffer.integer(key, value);
        }
    }

    /** Writes the fields with the exact values of the tags. */
    void exactFields() {
        exact.write(buffer);
    }

    void copy(int from, int to, LineBuffer out) {
        out.raw(buffer.array(), from, to);
    }

    /** Counts the tags whose limit was reached for another point. */
    void countOverflows() {
        overflows.count();
    }
}

package io.webwatch.influxdb;

import org.jspecify.annotations.Nullable;

/**
 * The values of a point's tags that do not stand in the tag verbatim: they are told in a string field {@code TAG_exact}.
 * Not thread-safe.
 */
final class ExactFields {
    private final TagValues[] tags;
    private final String[] values;
    private int count;

    ExactFields(int most) {
        tags = new TagValues[most];
        values = new String[most];
    }

    void clear() {
        count = 0;
    }

    /** The tag for a value, or null when there is none to write; notes what it does not tell. */
    TagValues.@Nullable Tag tag(TagValues key, @Nullable String value) {
        if (value == null) {
            return null;
        }
        TagValues.Tag tag = value.isEmpty() ? null : key.of(value);
        if (tag == null || !tag.exact()) {
            tags[count] = key;
            values[count++] = value;
        }
        return tag;
    }

    /** Writes the fields, none of which is the first of its point. */
    void write(LineBuffer out) {
        for (int i = 0; i < count; i++) {
            out.text(tags[i].exactKey(), values[i]);
        }
    }
}

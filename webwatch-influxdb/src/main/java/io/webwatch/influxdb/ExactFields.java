package io.webwatch.influxdb;

import org.jspecify.annotations.Nullable;

/**
 * The values that the tags of a point do not hold verbatim. They are written to string fields named {@code TAG_exact}.
 * Not thread-safe.
 */
final class ExactFields {
    private final TagValues[] tags;
    private final String[] values;
    private int count;

    ExactFields(int maxTags) {
        tags = new TagValues[maxTags];
        values = new String[maxTags];
    }

    void clear() {
        count = 0;
    }

    /** Returns the tag for a value, or null if none is to be written, and remembers a value that the tag does not hold. */
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

    /** Writes the fields. None of them can be the first of its point. */
    void write(LineBuffer out) {
        for (int i = 0; i < count; i++) {
            out.text(tags[i].exactKey(), values[i]);
        }
    }
}

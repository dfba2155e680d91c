package io.webwatch.influxdb;

/** The tags of a reused block whose limit of distinct values was reached. Not thread-safe. */
final class Overflows {
    private final TagValues[] tags;
    private int count;

    Overflows(int maxTags) {
        tags = new TagValues[maxTags];
    }

    void clear() {
        count = 0;
    }

    void note(TagValues values, TagValues.Tag tag) {
        if (values.isOther(tag)) {
            tags[count++] = values;
        }
    }

    /** Counts an overflow of each of these tags, for another point. */
    void count() {
        for (int i = 0; i < count; i++) {
            tags[i].countOverflow();
        }
    }
}

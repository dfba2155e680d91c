package io.webwatch.influxdb;

/** Which tags of a block that is written again and again met their bound. Not thread-safe. */
final class Overflows {
    private final TagValues[] tags;
    private int count;

    Overflows(int most) {
        tags = new TagValues[most];
    }

    void clear() {
        count = 0;
    }

    void note(TagValues values, TagValues.Tag tag) {
        if (values.isOther(tag)) {
            tags[count++] = values;
        }
    }

    /** Counts them for another point. */
    void count() {
        for (int i = 0; i < count; i++) {
            tags[i].countOverflow();
        }
    }
}

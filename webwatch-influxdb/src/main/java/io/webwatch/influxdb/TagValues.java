package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The distinct values of one tag. Each value is escaped once. When their number has reached the limit, further values are
 * written as {@value #OTHER}. Not thread-safe, except for {@link #overflowed}.
 */
final class TagValues {
    static final String OTHER = "(other)";
    /** A long value counts as one more value for each multiple of this length, so that long values do not use more memory. */
    static final int CHARACTERS_PER_VALUE = 256;

    /**
     * An encoded value.
     *
     * @param text {@code ,key=value}, escaped
     * @param exact whether readers get the value verbatim from all servers, which is not so for a value with a backslash
     */
    record Tag(Fragment text, boolean exact) {}

    private final String key;
    private final Fragment exactKey;
    private final int bound;
    private final Map<String, Tag> tags = new HashMap<>();
    private final Tag other;
    private final LongAdder overflows = new LongAdder();
    private int count;

    TagValues(String key, int bound) {
        this.key = key;
        this.exactKey = Keys.text(key + "_exact");
        this.bound = bound;
        this.other = new Tag(text(OTHER), false);
    }

    String key() {
        return key;
    }

    /** Returns {@code ,key_exact="}. */
    Fragment exactKey() {
        return exactKey;
    }

    /** Returns the tag to write for a value that is not empty. */
    Tag of(String value) {
        Tag known = tags.get(value);
        return known != null ? known : admit(value);
    }

    private Tag admit(String value) {
        int weight = 1 + value.length() / CHARACTERS_PER_VALUE;
        if (count + weight > bound) {
            return other;
        }
        count += weight;
        String portable = TagText.portable(value);
        Tag tag = new Tag(text(portable), portable.equals(value) && value.indexOf('\\') < 0);
        tags.put(value, tag);
        return tag;
    }

    boolean isOther(Tag tag) {
        return tag == other;
    }

    void countOverflow() {
        overflows.increment();
    }

    /** Returns how often a value was beyond the limit. Thread-safe. */
    long overflowed() {
        return overflows.sum();
    }

    private Fragment text(String value) {
        LineBuffer buffer = new LineBuffer(2 * (key.length() + value.length()) + 8);
        buffer.raw(Keys.field(key));
        buffer.unquoted(value);
        return new Fragment(Arrays.copyOf(buffer.array(), buffer.size()));
    }
}

package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Writes what all points of events have in common: measurement, tags, id, the fields of the context and the time. A point
 * begins with one of the {@code begin} methods and ends with one of the {@code finish} methods. Not thread-safe.
 */
final class PointWriter {
    private static final Fragment ID = Keys.ascii(" id=\"");
    private static final Fragment TIME_MS = Keys.field("time_ms");
    private static final Fragment TRUE = Keys.ascii("true");
    private static final Fragment FALSE = Keys.ascii("false");

    private final LineBuffer out;
    private final ContextBlock context;
    private final ExactFields exact = new ExactFields(1);
    private int points;

    PointWriter(LineBuffer out, ContextBlock context) {
        this.out = out;
        this.context = context;
    }

    /** Forgets the points of the batch before. */
    void clear() {
        points = 0;
    }

    /** Returns the number of points since {@link #clear}. */
    int points() {
        return points;
    }

    /** Prepares for the points of an event. */
    void use(Event event) {
        context.use(event.context());
        exact.clear();
    }

    /** Writes measurement, tags and id. */
    void begin(Event event) {
        out.raw(Measurements.of(event.type()));
        context.originTags(out);
        context.deviceTag(out);
        endTags(event);
    }

    /**
     * Writes measurement, tags and id.
     *
     * @param key the tag that this type of event has in addition
     */
    void begin(Event event, TagValues key, @Nullable String value) {
        out.raw(Measurements.of(event.type()));
        context.originTags(out);
        context.deviceTag(out);
        TagValues.Tag tag = exact.tag(key, value);
        if (tag != null) {
            out.raw(tag.text());
            if (key.isOther(tag)) {
                key.countOverflow();
            }
        }
        endTags(event);
    }

    private void endTags(Event event) {
        context.osTag(out);
        context.pageTags(out);
        id(event);
    }

    /** Writes the id, which is the first field of every point. */
    void id(Event event) {
        out.raw(ID);
        out.quotedPart(event.id().pageView());
        out.one('.');
        out.number(event.id().sequence());
        out.one('"');
    }

    /** Writes all fields of the context, and the time. */
    void finish(Event event) {
        exact.write(out);
        context.allFields(out);
        time(event);
    }

    /** Writes the time only. */
    void time(Event event) {
        if (event.timeMillis() != event.timeNanos() / 1_000_000) {
            out.integer(TIME_MS, event.timeMillis());
        }
        out.one(' ');
        out.number(event.timeNanos());
        out.one('\n');
        points++;
    }

    void text(Fragment key, @Nullable String value) {
        out.text(key, value);
    }

    void integer(Fragment key, long value) {
        out.integer(key, value);
    }

    void integer(Fragment key, @Nullable Long value) {
        if (value != null) {
            out.integer(key, value);
        }
    }

    void integer(Fragment key, @Nullable Integer value) {
        if (value != null) {
            out.integer(key, value);
        }
    }

    void flag(Fragment key, boolean value) {
        out.raw(key);
        out.raw(value ? TRUE : FALSE);
    }
}

package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the properties of a custom event, each as a field whose name includes the type. If some have no such field, or
 * their field does not hold the exact name or value, writes all of them as JSON to {@code props} too. Not thread-safe.
 */
final class PropertyWriter {
    private static final Fragment PROPS = Keys.field("props");
    private static final Fragment TRUE = Keys.ascii("true");
    private static final Fragment FALSE = Keys.ascii("false");
    private static final long EXACT = 1L << 53;

    private final LineBuffer out;
    private final PropertyFields fields = new PropertyFields();
    private final BiConsumer<String, Object> field = this::field;
    private final BiConsumer<String, Object> member = this::member;
    private long point;
    private boolean complete;
    private boolean first;

    PropertyWriter(LineBuffer out) {
        this.out = out;
    }

    void write(Map<String, Object> properties) {
        point++;
        complete = true;
        properties.forEach(field);
        if (!complete) {
            out.raw(PROPS);
            out.one('"');
            first = true;
            properties.forEach(member);
            out.one('}');
            out.one('"');
        }
    }

    private void field(String name, Object value) {
        PropertyFields.Name known = fields.of(name);
        if (known == null || !known.field().take(point)) {
            complete = false;
            return;
        }
        complete &= known.exact();
        PropertyFields.Field target = known.field();
        if (value instanceof String text) {
            out.text(target.text(), text);
        } else if (value instanceof Boolean flag) {
            out.raw(target.flag());
            out.raw(flag ? TRUE : FALSE);
        } else {
            out.raw(target.number());
            complete &= !(value instanceof Long integer) || Math.abs(integer) <= EXACT;
            number(value);
        }
    }

    private void member(String name, Object value) {
        out.one(first ? '{' : ',');
        first = false;
        out.quotedJson(name);
        out.one(':');
        if (value instanceof String text) {
            out.quotedJson(text);
        } else if (value instanceof Boolean flag) {
            out.raw(flag ? TRUE : FALSE);
        } else {
            number(value);
        }
    }

    private void number(@Nullable Object value) {
        if (value instanceof Long integer) {
            out.number(integer);
        } else if (value instanceof Double decimal) {
            out.decimal(decimal);
        } else {
            throw new IllegalStateException("A property must be a string, a boolean or a number: " + value);
        }
    }
}

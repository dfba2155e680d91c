package io.webwatch.influxdb;

import io.webwatch.event.AttributeVisitor;
import io.webwatch.event.Attributed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes that are told, by name; nested ones are left out. */
final class AttributeMap implements AttributeVisitor {
    final Map<String, Object> values = new HashMap<>();

    @Override
    public void text(String name, @Nullable String value) {
        put(name, value);
    }

    @Override
    public void integer(String name, @Nullable Long value) {
        put(name, value);
    }

    @Override
    public void decimal(String name, @Nullable Double value) {
        put(name, value);
    }

    @Override
    public void flag(String name, boolean value) {
        put(name, value);
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    @Override
    public void object(String name, @Nullable Attributed value) {
        // told in another form
    }

    @Override
    public void list(String name, List<? extends Attributed> values) {
        // told in another form
    }
}

package io.webwatch.test;

import io.webwatch.event.AttributeWriter;
import io.webwatch.event.Attributed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts the attributes of events to maps, with the names of {@code docs/events.md} as keys. */
public final class AttributeMap {
    private AttributeMap() {}

    /**
     * Returns the known attributes in the order of the documentation. Values are of type String, Long, Double or Boolean, a
     * Map for a nested object, or a List of Maps. The map is unmodifiable.
     */
    public static Map<String, Object> of(Attributed attributed) {
        Map<String, Object> map = new LinkedHashMap<>();
        attributed.writeTo(new Collector(map));
        return Collections.unmodifiableMap(map);
    }

    private record Collector(Map<String, Object> map) implements AttributeWriter {
        @Override
        public void text(String name, @Nullable String value) {
            put(name, value);
        }

        @Override
        public void integer(String name, @Nullable Long value) {
            put(name, value);
        }

        @Override
        public void decimal(String name, double value) {
            put(name, value);
        }

        @Override
        public void flag(String name, boolean value) {
            put(name, value);
        }

        @Override
        public void object(String name, @Nullable Attributed value) {
            put(name, value == null ? null : of(value));
        }

        @Override
        public void list(String name, List<? extends Attributed> values) {
            List<Map<String, Object>> maps = new ArrayList<>();
            values.forEach(value -> maps.add(of(value)));
            put(name, Collections.unmodifiableList(maps));
        }

        private void put(String name, @Nullable Object value) {
            if (value != null) {
                map.put(name, value);
            }
        }
    }
}

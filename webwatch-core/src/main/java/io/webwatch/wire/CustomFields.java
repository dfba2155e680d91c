package io.webwatch.wire;

import io.webwatch.event.Custom;
import io.webwatch.event.EventData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads events that the application defines. */
final class CustomFields {
    private static final int MAX_PROPERTIES = 32;

    private CustomFields() {}

    /** Reads the properties of both forms. */
    private abstract static class Properties extends EventFields {
        final Map<String, Object> properties = new LinkedHashMap<>();

        /** Reads a string, number or boolean; returns null for null and for anything else, which is skipped. */
        final @Nullable Object scalar(JsonCursor in) throws MalformedBatchException {
            int next = in.peek();
            switch (next) {
                case '"':
                    return in.text(TextLimits.PROPERTY);
                case 't':
                    in.literal("true");
                    return Boolean.TRUE;
                case 'f':
                    in.literal("false");
                    return Boolean.FALSE;
                default:
                    if (JsonCursor.beginsNumber(next)) {
                        return number(in);
                    }
                    in.skipValue();
                    return null;
            }
        }

        private @Nullable Object number(JsonCursor in) throws MalformedBatchException {
            if (in.number()) {
                return in.longValue();
            }
            double value = in.doubleValue();
            if (Double.isInfinite(value)) {
                invalid();
                return null;
            }
            return value;
        }
    }

    /** Reads a {@code custom} event with its name and properties. */
    static final class Named extends Properties {
        private @Nullable String name;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.NM -> name = text(in, TextLimits.NAME);
                case WireKeys.PP -> properties(in);
                default -> in.skipValue();
            }
        }

        private void properties(JsonCursor in) throws MalformedBatchException {
            if (in.peek() != '{') {
                wrong(in);
                return;
            }
            properties.clear();
            in.openObject();
            for (int key = in.firstKey(); key != WireKeys.END; key = in.nextKey()) {
                String property = in.keyText();
                int next = in.peek();
                if (next == '{' || next == '[') {
                    invalid();
                }
                Object value = scalar(in);
                if (value != null && !put(property, value)) {
                    invalid();
                }
            }
        }

        private boolean put(String property, Object value) {
            if (properties.size() == MAX_PROPERTIES && !properties.containsKey(property)) {
                return false;
            }
            properties.put(property, value);
            return true;
        }

        @Override
        @Nullable
        EventData data() {
            return name == null ? null : new Custom(name, properties);
        }
    }

    /** Reads an event of an unknown type, whose other scalar keys become properties. */
    static final class Unknown extends Properties {
        private final String name;

        Unknown(String name) {
            this.name = name;
        }

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            String property = in.keyText();
            Object value = scalar(in);
            if (value != null && (properties.size() < MAX_PROPERTIES || properties.containsKey(property))) {
                properties.put(property, value);
            }
        }

        @Override
        EventData data() {
            return new Custom(name, properties);
        }
    }
}

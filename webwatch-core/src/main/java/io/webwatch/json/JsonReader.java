package io.webwatch.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.event.AttributeReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads attributes from a JSON object. Its members can be in any order, and unknown ones are ignored. */
final class JsonReader implements AttributeReader {
    private final Map<?, ?> members;

    private JsonReader(Map<?, ?> members) {
        this.members = members;
    }

    /**
     * Reads the next object whole.
     *
     * @param in at the start of the object, and afterwards at its end
     */
    static JsonReader of(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT && value(in) instanceof Map<?, ?> members) {
            return new JsonReader(members);
        }
        throw new IOException("Expected a JSON object, found " + in.currentToken() + ".");
    }

    private static @Nullable Object value(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw new IOException("The JSON ends too early.");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    in.nextToken();
                    object.put(name, value(in));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(in));
                }
                yield array;
            }
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("Unexpected JSON at " + in.currentLocation() + ".");
        };
    }

    @Override
    public @Nullable String text(String name) {
        return optional(name, String.class, "a string");
    }

    @Override
    public @Nullable Long integer(String name) {
        return optional(name, Long.class, "an integer");
    }

    @Override
    public double decimal(String name) {
        Number value = optional(name, Number.class, "a number");
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing.");
        }
        return value.doubleValue();
    }

    @Override
    public boolean flag(String name) {
        return Boolean.TRUE.equals(optional(name, Boolean.class, "a boolean"));
    }

    @Override
    public <T> @Nullable T object(String name, Function<AttributeReader, T> factory) {
        Map<?, ?> object = optional(name, Map.class, "an object");
        return object == null ? null : factory.apply(new JsonReader(object));
    }

    @Override
    public <T> List<T> list(String name, Function<AttributeReader, T> factory) {
        List<?> array = optional(name, List.class, "an array");
        if (array == null) {
            return List.of();
        }
        List<T> values = new ArrayList<>(array.size());
        for (Object element : array) {
            if (!(element instanceof Map<?, ?> object)) {
                throw new IllegalArgumentException("'" + name + "' has an element that is not an object.");
            }
            values.add(factory.apply(new JsonReader(object)));
        }
        return values;
    }

    @Override
    public Map<String, Object> properties(String name) {
        Map<?, ?> object = optional(name, Map.class, "an object");
        if (object == null) {
            return Map.of();
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            if (value == null) {
                throw new IllegalArgumentException("The property '" + key + "' is null.");
            }
            properties.put((String) key, value);
        });
        return properties;
    }

    private <T> @Nullable T optional(String name, Class<T> type, String expected) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("'" + name + "' must be " + expected + ".");
        }
        return type.cast(value);
    }
}

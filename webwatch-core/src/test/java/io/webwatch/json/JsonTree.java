package io.webwatch.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, Strings, Longs, Doubles, Booleans and null, read by an independent parser. */
public final class JsonTree {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonTree() {}

    public static Object read(byte[] json) throws IOException {
        try (JsonParser in = FACTORY.createParser(json)) {
            in.nextToken();
            return value(in, json);
        }
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(byte[] json) throws IOException {
        return (Map<String, Object>) read(json);
    }

    /** Returns the value at the parser's token. The value of a key {@code body} is returned as its bytes. */
    static Object value(JsonParser in, byte[] json) throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String key = in.currentName();
                    in.nextToken();
                    map.put(key, key.equals("body") ? source(in, json) : value(in, json));
                }
                return map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(in, json));
                }
                return list;
            }
            case VALUE_NUMBER_INT -> {
                return in.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return in.getDoubleValue();
            }
            case VALUE_TRUE -> {
                return true;
            }
            case VALUE_FALSE -> {
                return false;
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return in.getText();
            }
        }
    }

    private static byte[] source(JsonParser in, byte[] json) throws IOException {
        int from = (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        in.finishToken();
        int to = (int) in.currentLocation().getByteOffset();
        return Arrays.copyOfRange(json, from, to);
    }
}

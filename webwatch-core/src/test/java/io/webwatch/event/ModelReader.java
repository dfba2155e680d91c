package io.webwatch.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Returns a different value for every attribute and records them, so that any record of the event model can be created
 * from its own read method.
 */
public final class ModelReader implements AttributeReader {
    private final Map<String, Object> read = new LinkedHashMap<>();
    private final boolean all;
    private final Map<String, String> constants;
    private final int[] last;

    private ModelReader(boolean all, Map<String, String> constants, int[] last) {
        this.all = all;
        this.constants = constants;
        this.last = last;
    }

    /** Returns a reader in which every attribute is present. */
    public static ModelReader everything(EventType type) {
        return of(true, type);
    }

    /** Returns a reader in which only required attributes are present. */
    public static ModelReader nothingOptional(EventType type) {
        return of(false, type);
    }

    private static ModelReader of(boolean all, EventType type) {
        Map<String, String> constants = Map.of(
                "id", "page-view.7",
                "type", type.id(),
                "device", "mobile",
                "kind", "spa",
                "state", all ? "ended" : "open");
        return new ModelReader(all, constants, new int[1]);
    }

    /** Returns what was read so far, by name: nested objects as maps, lists as lists of maps. */
    public Map<String, Object> read() {
        return read;
    }

    @Override
    public String text(String name) {
        return recorded(name, all ? text() : null);
    }

    @Override
    public String requiredText(String name) {
        return recorded(name, constants.getOrDefault(name, text()));
    }

    @Override
    public Long integer(String name) {
        return recorded(name, all ? next() : null);
    }

    @Override
    public long requiredInteger(String name) {
        return recorded(name, next());
    }

    @Override
    public double decimal(String name) {
        return recorded(name, next() + 0.5);
    }

    @Override
    public boolean flag(String name) {
        return recorded(name, all);
    }

    @Override
    public <T> T object(String name, Function<AttributeReader, T> factory) {
        ModelReader inner = new ModelReader(all, constants, last);
        read.put(name, all ? inner.read : null);
        return all ? factory.apply(inner) : null;
    }

    @Override
    public <T> List<T> list(String name, Function<AttributeReader, T> factory) {
        List<Object> maps = new ArrayList<>();
        List<T> values = new ArrayList<>();
        for (int i = 0; all && i < 2; i++) {
            ModelReader inner = new ModelReader(true, constants, last);
            maps.add(inner.read);
            values.add(factory.apply(inner));
        }
        read.put(name, maps);
        return values;
    }

    @Override
    public Map<String, Object> properties(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (all) {
            values.put("text", text());
            values.put("integer", next());
            values.put("decimal", next() + 0.5);
            values.put("whole decimal", (double) next());
            values.put("flag", true);
        }
        return recorded(name, values);
    }

    private String text() {
        return "text-" + next();
    }

    private long next() {
        return ++last[0];
    }

    private <T> T recorded(String name, T value) {
        if (read.containsKey(name)) {
            throw new IllegalStateException("'" + name + "' is read twice.");
        }
        read.put(name, value);
        return value;
    }
}

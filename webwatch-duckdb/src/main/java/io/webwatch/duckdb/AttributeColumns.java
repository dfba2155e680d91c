package io.webwatch.duckdb;

import io.webwatch.event.AttributeWriter;
import io.webwatch.event.Attributed;
import io.webwatch.event.EventData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one event after another that have a typed column of {@code events} in addition to {@code
 * properties}, because queries often need them. Not thread-safe.
 */
final class AttributeColumns implements AttributeWriter {
    /** SQL types. */
    enum Kind {
        TEXT,
        BIGINT,
        INTEGER,
        DOUBLE,
        BOOLEAN
    }

    private record Column(String name, Kind kind) {}

    /** The columns in the order of the schema. */
    private static final Column[] COLUMNS = {
        new Column("kind", Kind.TEXT),
        new Column("load_ms", Kind.BIGINT),
        new Column("engaged_ms", Kind.BIGINT),
        new Column("visible_ms", Kind.BIGINT),
        new Column("scroll_depth", Kind.INTEGER),
        new Column("element", Kind.TEXT),
        new Column("href", Kind.TEXT),
        new Column("outbound", Kind.BOOLEAN),
        new Column("x", Kind.INTEGER),
        new Column("y", Kind.INTEGER),
        new Column("rage", Kind.BOOLEAN),
        new Column("dead", Kind.BOOLEAN),
        new Column("name", Kind.TEXT),
        new Column("value", Kind.DOUBLE),
        new Column("form", Kind.TEXT),
        new Column("media", Kind.TEXT),
        new Column("percent", Kind.INTEGER),
        new Column("watched_ms", Kind.BIGINT),
        new Column("duration_ms", Kind.BIGINT),
        new Column("file", Kind.TEXT),
        new Column("image", Kind.TEXT),
        new Column("message", Kind.TEXT),
    };

    private static final Map<String, Integer> INDEX = new HashMap<>();

    static {
        for (int i = 0; i < COLUMNS.length; i++) {
            INDEX.put(COLUMNS[i].name(), i);
        }
    }

    private final @Nullable Object[] values = new @Nullable Object[COLUMNS.length];

    void appendTo(DuckDBAppender row, EventData data) throws SQLException {
        Arrays.fill(values, null);
        data.writeTo(this);
        for (int i = 0; i < COLUMNS.length; i++) {
            EventRows.value(row, COLUMNS[i].kind(), values[i]);
        }
    }

    private void put(String name, @Nullable Object value) {
        Integer index = INDEX.get(name);
        if (index != null) {
            values[index] = value;
        }
    }

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
        // nested values are only in properties
    }

    @Override
    public void list(String name, List<? extends Attributed> values) {
        // nested values are only in properties
    }
}

package io.webwatch.servlet.internal.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.json.Json;
import io.webwatch.query.Query;
import io.webwatch.query.QueryResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the answer to a query as JSON. */
final class QueryJson {
    private QueryJson() {}

    static byte[] bytes(Query query, QueryResult result, long elapsedMillis) throws IOException {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("columns");
            for (QueryResult.Column column : result.columns()) {
                column(column, json);
            }
            json.writeEndArray();
            rows(result, json);
            json.writeStringField("from", query.from().toString());
            json.writeStringField("to", query.to().toString());
            json.writeStringField(
                    "time_zone",
                    query.zone().getId().equals("Z") ? "UTC" : query.zone().getId());
            json.writeBooleanField("truncated", result.truncated());
            json.writeArrayFieldStart("notes");
            for (String note : result.notes()) {
                json.writeString(note);
            }
            json.writeEndArray();
            json.writeNumberField("elapsed_ms", elapsedMillis);
            json.writeEndObject();
        });
    }

    private static void column(QueryResult.Column column, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("kind", column.kind().name().toLowerCase(Locale.ROOT));
        if (column.unit() != null) {
            json.writeStringField("unit", column.unit());
        }
        json.writeEndObject();
    }

    private static void rows(QueryResult result, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rows");
        for (List<@Nullable Object> row : result.rows()) {
            json.writeStartArray();
            for (Object value : row) {
                value(value, json);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Double number) {
            if (Double.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeNull(); // JSON has neither NaN nor Infinity
            }
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.toString());
        }
    }
}

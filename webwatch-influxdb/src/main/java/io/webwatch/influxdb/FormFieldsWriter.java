package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.Form;
import java.util.List;

/** Writes the interactions with the fields of a form as one JSON array in a string field. Not thread-safe. */
final class FormFieldsWriter {
    private static final Fragment NAME = Keys.ascii("{\\\"name\\\":");
    private static final Fragment FOCUSES = Keys.ascii(",\\\"focuses\\\":");
    private static final Fragment MILLIS = Keys.ascii(",\\\"ms\\\":");
    private static final Fragment CHANGES = Keys.ascii(",\\\"changes\\\":");

    private final LineBuffer out;

    FormFieldsWriter(LineBuffer out) {
        this.out = out;
    }

    void write(List<Form.Field> fields) {
        out.one('"');
        for (int i = 0; i < fields.size(); i++) {
            out.one(i == 0 ? '[' : ',');
            Form.Field field = fields.get(i);
            out.raw(NAME);
            out.quotedJson(field.name());
            out.raw(FOCUSES);
            out.number(field.focuses());
            out.raw(MILLIS);
            out.number(field.millis());
            out.raw(CHANGES);
            out.number(field.changes());
            out.one('}');
        }
        out.one(']');
        out.one('"');
    }
}

package io.webwatch.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.bytes.Utf8;
import io.webwatch.event.AttributeWriter;
import io.webwatch.event.Attributed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes attributes with Jackson, as a reference for {@link EventEncoder}. */
final class JacksonWriter implements AttributeWriter {
    private final JsonGenerator out;

    private JacksonWriter(JsonGenerator out) {
        this.out = out;
    }

    static byte[] bytes(Attributed attributed) {
        return Json.bytes(out -> new JacksonWriter(out).write(attributed));
    }

    private void write(Attributed attributed) throws IOException {
        out.writeStartObject();
        attributed.writeTo(this);
        out.writeEndObject();
    }

    @Override
    public void text(String name, String value) {
        if (value != null) {
            member(name, () -> out.writeString(Utf8.wellFormed(value)));
        }
    }

    @Override
    public void integer(String name, Long value) {
        if (value != null) {
            member(name, () -> out.writeNumber(value));
        }
    }

    @Override
    public void decimal(String name, double value) {
        if (Double.isFinite(value)) {
            member(name, () -> out.writeNumber(value));
        }
    }

    @Override
    public void flag(String name, boolean value) {
        member(name, () -> out.writeBoolean(value));
    }

    @Override
    public void object(String name, Attributed value) {
        if (value != null) {
            member(name, () -> write(value));
        }
    }

    @Override
    public void list(String name, List<? extends Attributed> values) {
        member(name, () -> {
            out.writeStartArray();
            for (Attributed value : values) {
                write(value);
            }
            out.writeEndArray();
        });
    }

    private void member(String name, Value value) {
        try {
            out.writeFieldName(Utf8.wellFormed(name));
            value.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Value {
        void write() throws IOException;
    }
}

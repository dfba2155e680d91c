package io.webwatch.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.webwatch.bytes.Utf8;
import io.webwatch.event.AttributeVisitor;
import io.webwatch.event.Attributed;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of events: one flat object of the names in {@code docs/events.md}; what is not known is left out.
 * Always well-formed UTF-8: a surrogate without its partner becomes U+FFFD, a number that JSON cannot tell is left out.
 * Not escaped for HTML. Thread-safe.
 */
public final class EventJson {
    private EventJson() {}

    /**
     * Writes an event as one value.
     *
     * @throws IOException from the generator's target
     */
    public static void write(Event event, JsonGenerator out) throws IOException {
        object(event, out);
    }

    /** An event as one JSON object in UTF-8; for many, {@link EventEncoder} is faster. */
    public static byte[] bytes(Event event) {
        return new EventEncoder().encode(event);
    }

    /**
     * The event of such an object; members may stand in any order, and unknown ones are ignored.
     *
     * @throws IOException when it is no JSON, or lacks what every event of its type has
     */
    public static Event read(byte[] json) throws IOException {
        try (JsonParser in = Json.parser(json)) {
            in.nextToken();
            return EventJsonReader.read(in);
        }
    }

    /**
     * The event of the object at whose start the parser stands.
     *
     * @throws IOException when it is no JSON, or lacks what every event of its type has
     */
    public static Event read(JsonParser in) throws IOException {
        return EventJsonReader.read(in);
    }

    /** What is particular to the type alone, as one JSON object. */
    public static String properties(EventData data) {
        return new String(new EventEncoder().encode(data), StandardCharsets.UTF_8);
    }

    private static void object(Attributed value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        try {
            value.attributes(new Writer(out));
        } catch (UncheckedIOException fromTarget) {
            throw fromTarget.getCause();
        }
        out.writeEndObject();
    }

    /** Writes attributes as members; carries the target's errors through the visitor unchecked. */
    private record Writer(JsonGenerator out) implements AttributeVisitor {
        @Override
        public void text(String name, @Nullable String value) {
            if (value != null) {
                member(name, () -> out.writeString(Utf8.wellFormed(value)));
            }
        }

        @Override
        public void integer(String name, @Nullable Long value) {
            if (value != null) {
                member(name, () -> out.writeNumber(value));
            }
        }

        @Override
        public void decimal(String name, @Nullable Double value) {
            if (value != null && Double.isFinite(value)) {
                member(name, () -> out.writeNumber(value));
            }
        }

        @Override
        public void flag(String name, boolean value) {
            member(name, () -> out.writeBoolean(value));
        }

        @Override
        public void object(String name, @Nullable Attributed value) {
            if (value != null) {
                member(name, () -> EventJson.object(value, out));
            }
        }

        @Override
        public void list(String name, List<? extends Attributed> values) {
            member(name, () -> {
                out.writeStartArray();
                for (Attributed value : values) {
                    EventJson.object(value, out);
                }
                out.writeEndArray();
            });
        }

        private void member(String name, Value value) {
            try {
                out.writeFieldName(Utf8.wellFormed(name));
                value.write();
            } catch (IOException fromTarget) {
                throw new UncheckedIOException(fromTarget);
            }
        }
    }

    private interface Value {
        void write() throws IOException;
    }
}

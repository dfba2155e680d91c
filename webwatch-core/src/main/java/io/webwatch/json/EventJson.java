package io.webwatch.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.webwatch.event.AttributeReader;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Writes and reads events as JSON: one flat object with the names of {@code docs/events.md}, without attributes that are
 * not known. The JSON is always well-formed UTF-8: a surrogate without a partner becomes U+FFFD, and a number that JSON
 * cannot represent is left out. It is not escaped for HTML. Thread-safe.
 */
public final class EventJson {
    private EventJson() {}

    /**
     * Writes an event as one value.
     *
     * @throws IOException from the generator's target
     */
    public static void write(Event event, JsonGenerator out) throws IOException {
        out.writeRawValue(new String(bytes(event), StandardCharsets.UTF_8));
    }

    /** Returns an event as one JSON object in UTF-8. For many events {@link EventEncoder} is faster. */
    public static byte[] bytes(Event event) {
        return new EventEncoder().encode(event);
    }

    /** Returns only the data that is specific to the type, as one JSON object. */
    public static String properties(EventData data) {
        return new String(new EventEncoder().encode(data), StandardCharsets.UTF_8);
    }

    /**
     * Reads an event. Its members can be in any order, and unknown ones are ignored.
     *
     * @throws IOException if this is not JSON, or if an attribute is missing or invalid
     */
    public static Event read(byte[] json) throws IOException {
        try (JsonParser in = Json.parser(json)) {
            in.nextToken();
            return read(in);
        }
    }

    /**
     * Reads an event. Its members can be in any order, and unknown ones are ignored.
     *
     * @param in at the start of the object, and afterwards at its end
     * @throws IOException if this is not JSON, or if an attribute is missing or invalid
     */
    public static Event read(JsonParser in) throws IOException {
        return read(in, Event::readFrom);
    }

    /**
     * Reads an object that {@link EventEncoder} wrote.
     *
     * @param in at the start of the object, and afterwards at its end
     * @throws IOException if this is not JSON, or if an attribute is missing or invalid
     */
    public static <T> T read(JsonParser in, Function<AttributeReader, T> factory) throws IOException {
        JsonReader attributes = JsonReader.of(in);
        try {
            return factory.apply(attributes);
        } catch (IllegalArgumentException e) {
            throw new IOException("Cannot read the JSON object: " + e.getMessage(), e);
        }
    }
}

package io.webwatch.delivery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.event.Event;
import io.webwatch.json.EventJson;
import io.webwatch.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes and reads the lines of the dead-letter files; {@code docs/delivery.md} documents the format. */
final class DeadLetterLine {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLine.class);

    private DeadLetterLine() {}

    /**
     * What is needed to send a dead letter again.
     *
     * @param sink name of the sink that rejected the event
     */
    record Letter(String sink, Event event) {}

    /** Returns a line of JSON in UTF-8, with a line feed. */
    static byte[] write(Instant time, String sink, String reason, Event event) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("time", time.toString());
            out.writeStringField("sink", sink);
            out.writeStringField("reason", reason);
            out.writeFieldName("event");
            EventJson.write(event, out);
            out.writeEndObject();
            out.writeRaw('\n');
        });
    }

    /** Reads a line, or returns null if it is not a dead letter. */
    static @Nullable Letter read(String line) {
        try (JsonParser in = Json.parser(line.getBytes(StandardCharsets.UTF_8))) {
            String sink = null;
            Event event = null;
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case "sink" -> sink = in.getValueAsString();
                    case "event" -> event = EventJson.read(in);
                    default -> in.skipChildren();
                }
            }
            return sink == null || event == null ? null : new Letter(sink, event);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A line is not a dead letter.", e);
            return null;
        }
    }
}

package io.webwatch.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.webwatch.json.Json;
import io.webwatch.runtime.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores how far each sink is done with the journal, in a JSON file next to the segments. Not thread-safe. */
public final class CursorFile {
    private static final Logger LOG = LoggerFactory.getLogger(CursorFile.class);

    /**
     * The stored content.
     *
     * @param generation of the run that stored it; 0 if nothing is stored
     * @param events how many events each run had appended, by generation, for the runs whose segments still exist
     * @param cursors up to where each sink is done
     */
    public record Known(long generation, Map<Long, Long> events, Map<String, Place> cursors) {
        /** The content when nothing is stored. */
        public static final Known NOTHING = new Known(0, Map.of(), Map.of());
    }

    private final Path file;

    public CursorFile(Path directory) {
        this.file = directory.resolve("cursors.json");
    }

    /**
     * Reads the file.
     *
     * @return the content; {@link Known#NOTHING} if the file does not exist or cannot be read, in which case sinks
     *     start at the oldest batch
     */
    public Known load() {
        if (!Files.exists(file)) {
            return Known.NOTHING;
        }
        try (JsonParser in = Json.parser(Files.newInputStream(file))) {
            long generation = 0;
            Map<Long, Long> events = new TreeMap<>();
            Map<String, Place> cursors = new LinkedHashMap<>();
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case "generation" -> generation = in.getLongValue();
                    case "events" -> readEvents(in, events);
                    case "cursors" -> readCursors(in, cursors);
                    default -> in.skipChildren();
                }
            }
            return new Known(generation, events, cursors);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Cannot read {} ({}). Sinks receive the journal again from its oldest batch, so expect duplicates.",
                    file,
                    e.toString());
            return Known.NOTHING;
        }
    }

    private static void readEvents(JsonParser in, Map<Long, Long> events) throws IOException {
        for (String run = in.nextFieldName(); run != null; run = in.nextFieldName()) {
            in.nextToken();
            events.put(Long.valueOf(run), in.getLongValue());
        }
    }

    private static void readCursors(JsonParser in, Map<String, Place> cursors) throws IOException {
        for (String sink = in.nextFieldName(); sink != null; sink = in.nextFieldName()) {
            in.nextToken();
            cursors.put(sink, readPlace(in));
        }
    }

    private static Place readPlace(JsonParser in) throws IOException {
        long generation = 0;
        long position = 0;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "generation" -> generation = in.getLongValue();
                case "position" -> position = in.getLongValue();
                default -> in.skipChildren();
            }
        }
        return new Place(generation, position);
    }

    /**
     * Replaces the file.
     *
     * @throws IOException if it cannot be written; the previous content is kept
     */
    public void store(Known known) throws IOException {
        AtomicFile.replace(file, Json.bytes(out -> write(known, out)));
    }

    private static void write(Known known, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField("generation", known.generation());
        out.writeObjectFieldStart("events");
        for (Map.Entry<Long, Long> run : known.events().entrySet()) {
            out.writeNumberField(run.getKey().toString(), run.getValue());
        }
        out.writeEndObject();
        out.writeObjectFieldStart("cursors");
        for (Map.Entry<String, Place> cursor : known.cursors().entrySet()) {
            out.writeObjectFieldStart(cursor.getKey());
            out.writeNumberField("generation", cursor.getValue().generation());
            out.writeNumberField("position", cursor.getValue().position());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}

package io.webwatch.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.webwatch.runtime.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each sink has come in the journal, in a JSON file beside its segments. Not thread-safe. */
public final class CursorFile {
    private static final Logger LOG = LoggerFactory.getLogger(CursorFile.class);
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * What was stored.
     *
     * @param generation of the run that stored it; 0 when nothing was stored
     * @param events how many events each run had journalled, by its generation; of those that are still there
     * @param cursors up to where each sink is done
     */
    public record Known(long generation, Map<Long, Long> events, Map<String, Place> cursors) {
        public static final Known NOTHING = new Known(0, Map.of(), Map.of());
    }

    private final Path file;

    public CursorFile(Path directory) {
        this.file = directory.resolve("cursors.json");
    }

    /** What is stored; nothing when there is no file, or none that can be read: then sinks begin at the oldest batch. */
    public Known load() {
        if (!Files.exists(file)) {
            return Known.NOTHING;
        }
        try (JsonParser in = JSON.createParser(file.toFile())) {
            long generation = 0;
            Map<Long, Long> events = new TreeMap<>();
            Map<String, Place> cursors = new LinkedHashMap<>();
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case "generation" -> generation = in.getLongValue();
                    case "events" -> {
                        for (String run = in.nextFieldName(); run != null; run = in.nextFieldName()) {
                            in.nextToken();
                            events.put(Long.valueOf(run), in.getLongValue());
                        }
                    }
                    case "cursors" -> {
                        for (String sink = in.nextFieldName(); sink != null; sink = in.nextFieldName()) {
                            in.nextToken();
                            cursors.put(sink, place(in));
                        }
                    }
                    default -> in.skipChildren();
                }
            }
            return new Known(generation, events, cursors);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} cannot be read ({}): what the journal holds is sent again from its begin.", file, e.toString());
            return Known.NOTHING;
        }
    }

    private static Place place(JsonParser in) throws IOException {
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

    /** Stores it in place of what was there; a crash leaves the one or the other. */
    public void store(Known known) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
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
        AtomicFile.replace(file, bytes.toByteArray());
    }
}

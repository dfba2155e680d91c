package io.webwatch.enrich;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.runtime.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a restart needs to recognise visitors and to go on with open sessions: the days' keys and the most recent {@value
 * #MAX_SESSIONS} sessions, in a JSON file that only its owner can read. Written when a key is made, every half minute
 * while there is traffic, and at the end. A file that cannot be read or written costs no more than that continuity. Not
 * thread-safe: the batcher's alone.
 */
public final class StateFile {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_SESSIONS = 10_000;
    private static final long EVERY_MILLIS = 30_000;

    private final @Nullable Path file;
    private long storedAt;
    private boolean failed;

    private StateFile(@Nullable Path file) {
        this.file = file;
    }

    /** The file in a directory that this process owns. */
    public static StateFile in(Path directory) {
        return new StateFile(directory.resolve("state.json"));
    }

    /** Keeps nothing over a restart. */
    public static StateFile none() {
        return new StateFile(null);
    }

    /** Hands over what is stored; the latest millisecond in which an event's time was assigned, or 0. */
    long restore(Salts salts, Sessions sessions) {
        if (file == null || !Files.exists(file)) {
            return 0;
        }
        try (JsonParser in = JSON.createParser(file.toFile())) {
            Map<LocalDate, byte[]> days = new HashMap<>();
            Map<String, SessionState> open = new LinkedHashMap<>();
            long newest = 0;
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case "newest" -> newest = in.getLongValue();
                    case "salts" ->
                        StateJson.texts(in)
                                .forEach((day, salt) -> days.put(
                                        LocalDate.parse(day),
                                        Base64.getDecoder().decode(salt)));
                    case "sessions" -> {
                        while (in.nextToken() == JsonToken.START_OBJECT) {
                            SessionState session = StateJson.session(StateJson.texts(in));
                            open.put(session.visitor, session);
                        }
                    }
                    default -> in.skipChildren();
                }
            }
            salts.restore(days);
            sessions.restore(open);
            return newest;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} cannot be read ({}): visitors of today are counted anew and open sessions begin again.",
                    file,
                    e.toString());
            return 0;
        }
    }

    void storeIfDue(Salts salts, Sessions sessions, long newestMillis, long nowMillis) {
        boolean due = nowMillis - storedAt >= EVERY_MILLIS && !sessions.isEmpty();
        if (salts.takeChanged() || due) {
            store(salts, sessions, newestMillis, nowMillis);
        }
    }

    void store(Salts salts, Sessions sessions, long newestMillis, long nowMillis) {
        storedAt = nowMillis;
        if (file == null) {
            return;
        }
        try {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            try (JsonGenerator out = JSON.createGenerator(content)) {
                write(out, salts, sessions, newestMillis);
            }
            AtomicFile.replace(file, content.toByteArray());
            failed = false;
        } catch (IOException | RuntimeException e) {
            if (!failed) {
                failed = true;
                LOG.warn("{} cannot be written ({}): a restart will count visitors of today anew.", file, e.toString());
            }
        }
    }

    private static void write(JsonGenerator out, Salts salts, Sessions sessions, long newestMillis) throws IOException {
        out.writeStartObject();
        out.writeNumberField("newest", newestMillis);
        out.writeObjectFieldStart("salts");
        for (Map.Entry<LocalDate, byte[]> salt : salts.stored().entrySet()) {
            out.writeStringField(salt.getKey().toString(), Base64.getEncoder().encodeToString(salt.getValue()));
        }
        out.writeEndObject();
        out.writeArrayFieldStart("sessions");
        sessions.latest(MAX_SESSIONS).forEach(session -> {
            try {
                StateJson.write(out, session);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        out.writeEndArray();
        out.writeEndObject();
    }
}

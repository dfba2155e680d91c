package io.webwatch.enrich;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.event.AttributeWriter;
import io.webwatch.event.Attributed;
import io.webwatch.json.EventEncoder;
import io.webwatch.json.EventJson;
import io.webwatch.json.Json;
import io.webwatch.runtime.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what a restart needs to recognise visitors and to continue open sessions: the salts and the most recent {@value
 * #MAX_SESSIONS} sessions, in a JSON file that only its owner can read. It is written when a salt is created, every 30
 * seconds while there is traffic, and at shutdown. If it cannot be read or written, only this continuity is lost. Not
 * thread-safe; used by the batcher thread only.
 */
public final class StateFile {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final int MAX_SESSIONS = 10_000;
    private static final long INTERVAL_MILLIS = 30_000;
    private static final String NEWEST = "newest";
    private static final String SALTS = "salts";
    private static final String SESSIONS = "sessions";

    private final @Nullable Path file;
    private long storedAt;
    private boolean failed;

    private StateFile(@Nullable Path file) {
        this.file = file;
    }

    /** Returns the file in a directory that this process owns. */
    public static StateFile in(Path directory) {
        return new StateFile(directory.resolve("state.json"));
    }

    /** Returns a state that is lost at a restart. */
    public static StateFile none() {
        return new StateFile(null);
    }

    /**
     * Restores salts and sessions.
     *
     * @return the latest millisecond in which the time of an event was assigned, or 0 if nothing is stored
     */
    long restore(Salts salts, Sessions sessions) {
        if (file == null || !Files.exists(file)) {
            return 0;
        }
        try (JsonParser in = Json.parser(Files.newInputStream(file))) {
            Stored stored = Stored.read(in);
            salts.restore(stored.salts);
            sessions.restore(stored.sessions);
            return stored.newestMillis;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Cannot read {} ({}). Today's visitors are counted again, and open sessions start again.",
                    file,
                    e.toString());
            return 0;
        }
    }

    void storeIfDue(Salts salts, Sessions sessions, long newestMillis, long nowMillis) {
        boolean due = nowMillis - storedAt >= INTERVAL_MILLIS && !sessions.isEmpty();
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
            Attributed content = out -> write(out, salts, sessions, newestMillis);
            AtomicFile.replace(file, new EventEncoder().encode(content));
            failed = false;
        } catch (IOException | RuntimeException e) {
            if (!failed) {
                failed = true;
                LOG.warn(
                        "Cannot write {} ({}). Retrying every {} seconds; until then a restart counts today's visitors"
                                + " again.",
                        file,
                        e.toString(),
                        INTERVAL_MILLIS / 1000);
            }
        }
    }

    private static void write(AttributeWriter out, Salts salts, Sessions sessions, long newestMillis) {
        out.integer(NEWEST, newestMillis);
        out.properties(SALTS, encoded(salts.stored()));
        out.list(SESSIONS, sessions.latest(MAX_SESSIONS));
    }

    private static Map<String, Object> encoded(Map<LocalDate, byte[]> salts) {
        Map<String, Object> texts = new TreeMap<>();
        salts.forEach(
                (day, salt) -> texts.put(day.toString(), Base64.getEncoder().encodeToString(salt)));
        return texts;
    }

    /** The content of the file, read session by session because there can be many. */
    private static final class Stored {
        private long newestMillis;
        private Map<LocalDate, byte[]> salts = Map.of();
        private final Map<String, SessionState> sessions = new LinkedHashMap<>();

        static Stored read(JsonParser in) throws IOException {
            Stored stored = new Stored();
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case NEWEST -> stored.newestMillis = in.getLongValue();
                    case SALTS -> stored.salts = salts(in);
                    case SESSIONS -> stored.readSessions(in);
                    default -> in.skipChildren();
                }
            }
            return stored;
        }

        private void readSessions(JsonParser in) throws IOException {
            while (in.nextToken() == JsonToken.START_OBJECT) {
                SessionState session = EventJson.read(in, SessionState::readFrom);
                sessions.put(session.visitor, session);
            }
        }

        private static Map<LocalDate, byte[]> salts(JsonParser in) throws IOException {
            Map<LocalDate, byte[]> salts = new HashMap<>();
            for (String day = in.nextFieldName(); day != null; day = in.nextFieldName()) {
                salts.put(LocalDate.parse(day), Base64.getDecoder().decode(in.nextTextValue()));
            }
            return salts;
        }
    }
}

package io.webwatch.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.json.EventJson;
import io.webwatch.log.DataDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sinks refused for good: a line of JSON for each event with time, sink, reason and the whole event, in {@code
 * dead-letters.jsonl} of the data directory. At half of its bound the file becomes {@code dead-letters.1.jsonl}, and the
 * one that was there goes, counted. {@code dead-letters.resubmit.jsonl} is what is to be sent again. Thread-safe.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final String CURRENT = "dead-letters.jsonl";
    private static final String OLDER = "dead-letters.1.jsonl";
    private static final String UNREADABLE = "dead-letters.unreadable.jsonl";
    private static final String RESUBMIT = "dead-letters.resubmit.jsonl";

    private final DataDirectory directory;
    private final long maxBytes;
    private final InstantSource clock;
    private final DropCounters drops;
    private boolean failed;
    private long size = -1;

    /** Keeps nothing yet: the directory is taken possession of with the first letter. */
    public DeadLetters(DataDirectory directory, long maxBytes, InstantSource clock, DropCounters drops) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.drops = drops;
    }

    /** Keeps an event that a sink refused. */
    synchronized void add(String sink, String reason, Event event) {
        byte[] line = line(sink, reason, event).getBytes(StandardCharsets.UTF_8);
        try {
            Path file = directory.acquire().resolve(CURRENT);
            if (size(file) + line.length > maxBytes / 2) {
                makeRoom(file);
            }
            long before = size(file);
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(line);
            } catch (IOException e) {
                cutOff(file, before);
                throw e;
            }
            size += line.length;
            failed = false;
        } catch (IOException e) {
            drops.add(DropReason.DEAD_LETTER, 1);
            if (!failed) {
                failed = true;
                LOG.warn(
                        "A refused event cannot be kept in {}: {}",
                        directory.path().resolve(CURRENT),
                        e.toString());
            }
        }
    }

    /** A line that was begun must not spoil the next one. */
    private static void cutOff(Path file, long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        } catch (IOException e) {
            LOG.debug("A line that was begun was not cut off.", e);
        }
    }

    private long size(Path file) throws IOException {
        // Asked each time: a person may move the file away at any time.
        size = Files.exists(file) ? Files.size(file) : 0;
        return size;
    }

    private void makeRoom(Path file) throws IOException {
        Path older = file.resolveSibling(OLDER);
        long gone = lines(older);
        if (Files.exists(file)) {
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        }
        if (gone > 0) {
            drops.add(DropReason.DEAD_LETTER, gone);
            LOG.warn("The dead-letter files are full: the oldest {} events went.", gone);
        }
    }

    private static long lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.count();
        }
    }

    private String line(String sink, String reason, Event event) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("time", Instant.ofEpochMilli(clock.millis()).toString());
            out.writeStringField("sink", sink);
            out.writeStringField("reason", reason);
            out.writeFieldName("event");
            EventJson.write(event, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory does not fail.", e);
        }
        return text.append('\n').toString();
    }

    /** Bytes in all files. */
    public long bytes() {
        long bytes = 0;
        for (String name : List.of(CURRENT, OLDER, RESUBMIT)) {
            try {
                Path file = directory.path().resolve(name);
                bytes += Files.exists(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                LOG.debug("A size is not known.", e);
            }
        }
        return bytes;
    }

    /**
     * Takes all letters that are there for sending again.
     *
     * @throws IOException when the files cannot be had
     */
    public synchronized void takeAll() throws IOException {
        Path folder = directory.acquire();
        Path target = folder.resolve(RESUBMIT);
        for (String name : List.of(OLDER, CURRENT)) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                try (OutputStream out =
                        Files.newOutputStream(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                    Files.copy(file, out);
                }
                Files.delete(file);
            }
        }
    }

    /** Whether something is to be sent again. */
    public boolean hasResubmitted() {
        return Files.exists(directory.path().resolve(RESUBMIT));
    }

    /** To whom letters of a sink are handed; false when there is no such sink. */
    public interface Recipient {
        /**
         * Takes them.
         *
         * @param settled to be run when all of them were taken or refused again
         */
        boolean take(String sink, List<Event> events, Runnable settled);
    }

    /**
     * Hands over what is to be sent again; what nobody takes becomes a dead letter again, and a line that is none goes to
     * a file of its own. The file is deleted when all is settled; until then a restart hands it over once more.
     *
     * @return number of events handed over
     * @throws IOException when the file cannot be had
     */
    public int resubmit(Recipient recipient) throws IOException {
        Map<String, List<Event>> letters = resubmitted();
        AtomicInteger open = new AtomicInteger(letters.size() + 1);
        Runnable settled = () -> {
            if (open.decrementAndGet() == 0) {
                settled();
            }
        };
        int count = 0;
        for (Map.Entry<String, List<Event>> of : letters.entrySet()) {
            if (recipient.take(of.getKey(), of.getValue(), settled)) {
                count += of.getValue().size();
            } else {
                of.getValue().forEach(event -> add(of.getKey(), "There is no sink of that name now.", event));
                settled.run();
            }
        }
        settled.run();
        return count;
    }

    private synchronized Map<String, List<Event>> resubmitted() throws IOException {
        Map<String, List<Event>> events = new LinkedHashMap<>();
        Path file = directory.acquire().resolve(RESUBMIT);
        if (!Files.exists(file)) {
            return events;
        }
        List<String> unreadable = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank() && !read(line, events)) {
                    unreadable.add(line);
                }
            }
        }
        if (!unreadable.isEmpty()) {
            Path aside = file.resolveSibling(UNREADABLE);
            LOG.warn("{} lines of {} are no dead letters; they are in {}.", unreadable.size(), file, aside);
            Files.write(
                    aside,
                    unreadable,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        }
        return events;
    }

    private static boolean read(String line, Map<String, List<Event>> events) {
        try (JsonParser in = JSON.createParser(line)) {
            String sink = null;
            Event event = null;
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case "sink" -> sink = in.getValueAsString();
                    case "event" -> event = EventJson.read(in);
                    default -> in.skipChildren();
                }
            }
            return add(sink, event, events);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A line is no dead letter.", e);
            return false;
        }
    }

    private static boolean add(@Nullable String sink, @Nullable Event event, Map<String, List<Event>> events) {
        if (sink == null || event == null) {
            return false;
        }
        events.computeIfAbsent(sink, name -> new ArrayList<>()).add(event);
        return true;
    }

    private synchronized void settled() {
        try {
            Files.deleteIfExists(directory.path().resolve(RESUBMIT));
        } catch (IOException e) {
            LOG.warn(
                    "The letters that were sent again cannot be deleted, and would be sent once more: {}",
                    e.toString());
        }
    }
}

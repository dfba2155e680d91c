package io.webwatch.delivery;

import io.webwatch.event.Event;
import io.webwatch.runtime.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters that are to be sent again. The file exists until all of them were accepted or rejected, so that a
 * restart sends them once more. Not thread-safe.
 */
final class ResubmitFile {
    private static final Logger LOG = LoggerFactory.getLogger(ResubmitFile.class);
    static final String NAME = "dead-letters.resubmit.jsonl";
    private static final String UNREADABLE = "dead-letters.unreadable.jsonl";

    private final Path file;

    ResubmitFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Moves the content of a dead-letter file to the end of this file.
     *
     * @throws IOException if a file cannot be read or written
     */
    void take(Path letters) throws IOException {
        if (Files.exists(letters)) {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                Files.copy(letters, out);
            }
            Files.delete(letters);
        }
    }

    /**
     * Reads the letters, and copies lines that are not letters to another file.
     *
     * @return the events by the sink that rejected them
     * @throws IOException if a file cannot be read or written
     */
    Map<String, List<Event>> read() throws IOException {
        Map<String, List<Event>> events = new LinkedHashMap<>();
        if (!exists()) {
            return events;
        }
        List<String> unreadable = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                DeadLetterLine.Letter letter = DeadLetterLine.read(line);
                if (letter == null) {
                    unreadable.add(line);
                } else {
                    events.computeIfAbsent(letter.sink(), name -> new ArrayList<>())
                            .add(letter.event());
                }
            }
        }
        if (!unreadable.isEmpty()) {
            keepUnreadable(unreadable);
        }
        return events;
    }

    private void keepUnreadable(List<String> lines) throws IOException {
        Path target = file.resolveSibling(UNREADABLE);
        AtomicFile.replace(target, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        LOG.warn(
                "{} lines of {} are not dead letters and cannot be sent. They were copied to {}; correct them and"
                        + " submit them again.",
                lines.size(),
                file,
                target);
    }

    /** Deletes the file after all letters were accepted or rejected. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn(
                    "Cannot delete {} ({}), although all its dead letters were sent. Delete it by hand, or the next"
                            + " start sends them again.",
                    file,
                    e.toString());
        }
    }
}

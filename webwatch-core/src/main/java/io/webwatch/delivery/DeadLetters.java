package io.webwatch.delivery;

import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.log.DataDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the events that sinks rejected, as lines of JSON in {@code dead-letters.jsonl} of the data directory. At half
 * of the size limit, the file is renamed to {@code dead-letters.1.jsonl}; the previous file of that name is deleted
 * and its events are counted. Letters that are to be sent again are in {@code dead-letters.resubmit.jsonl}.
 * Thread-safe.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String CURRENT = "dead-letters.jsonl";
    private static final String OLDER = "dead-letters.1.jsonl";

    /** Receives dead letters that are sent again. */
    public interface Recipient {
        /**
         * Sends events to a sink.
         *
         * @param settled to be run when the sink has accepted or rejected all of them
         * @return false if there is no sink of that name
         */
        boolean take(String sink, List<Event> events, Runnable settled);
    }

    private final DataDirectory directory;
    private final long maxBytes;
    private final InstantSource clock;
    private final DropCounters drops;
    private final ResubmitFile resubmitFile;
    private boolean failing;

    /**
     * Prepares the files; the directory is acquired with the first letter.
     *
     * @param maxBytes size limit of both dead-letter files together
     */
    public DeadLetters(DataDirectory directory, long maxBytes, InstantSource clock, DropCounters drops) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.drops = drops;
        this.resubmitFile = new ResubmitFile(directory.path());
    }

    /** Keeps an event that a sink rejected, or counts it if it cannot be written. */
    synchronized void add(String sink, String reason, Event event) {
        try {
            Instant now = Instant.ofEpochMilli(clock.millis());
            byte[] line = DeadLetterLine.write(now, sink, reason, event);
            Path file = directory.acquire().resolve(CURRENT);
            if (size(file) + line.length > maxBytes / 2) {
                rotate(file);
            }
            append(file, line);
            failing = false;
        } catch (IOException | RuntimeException | Error e) { // never thrown: the caller would count the event twice
            drops.add(DropReason.DEAD_LETTER, 1);
            if (!failing) {
                failing = true;
                LOG.warn(
                        "Cannot write a rejected event to {} ({}). Rejected events are lost and counted as dead_letter"
                                + " until it is writable; check the disk.",
                        directory.path().resolve(CURRENT),
                        e.toString());
            }
        }
    }

    private static void append(Path file, byte[] line) throws IOException {
        long before = size(file);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(line);
        } catch (Throwable e) {
            truncate(file, before); // an incomplete line would spoil the next one
            throw e;
        }
    }

    private static void truncate(Path file, long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        } catch (IOException e) {
            LOG.debug("Could not remove an incomplete line from {}.", file, e);
        }
    }

    /** Returns the current size, which may change at any time because users may move the file away. */
    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void rotate(Path file) throws IOException {
        Path older = file.resolveSibling(OLDER);
        long deleted = lines(older);
        if (Files.exists(file)) {
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        }
        if (deleted > 0) {
            drops.add(DropReason.DEAD_LETTER, deleted);
            LOG.warn(
                    "The dead-letter files in {} are full; deleted the oldest {} events. Move the files away in time,"
                            + " or increase webwatch.dead-letters.max-size.",
                    directory.path(),
                    deleted);
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

    /** Returns the size of all files in bytes. */
    public long bytes() {
        long bytes = 0;
        for (String name : List.of(CURRENT, OLDER, ResubmitFile.NAME)) {
            try {
                bytes += size(directory.path().resolve(name));
            } catch (IOException e) {
                LOG.debug("Cannot determine the size of {}.", name, e);
            }
        }
        return bytes;
    }

    /**
     * Marks all letters for sending again; {@link #resubmit} sends them.
     *
     * @throws IOException if the directory is not available or a file cannot be moved
     */
    public synchronized void takeAll() throws IOException {
        Path folder = directory.acquire();
        resubmitFile.take(folder.resolve(OLDER));
        resubmitFile.take(folder.resolve(CURRENT));
    }

    /** Returns whether there are letters to send again. */
    public boolean hasResubmitted() {
        return resubmitFile.exists();
    }

    /**
     * Passes the marked letters to a recipient. Letters of unknown sinks become dead letters again, and lines that
     * are not letters are copied to {@code dead-letters.unreadable.jsonl}. When all letters are settled, the file is
     * deleted; until then, a restart sends them once more.
     *
     * @return number of events passed
     * @throws IOException if the file cannot be read
     */
    public int resubmit(Recipient recipient) throws IOException {
        Map<String, List<Event>> letters = readResubmitted();
        AtomicInteger open = new AtomicInteger(letters.size() + 1);
        Runnable settled = () -> {
            if (open.decrementAndGet() == 0) {
                deleteResubmitted();
            }
        };
        int count = 0;
        for (Map.Entry<String, List<Event>> entry : letters.entrySet()) {
            String sink = entry.getKey();
            List<Event> events = entry.getValue();
            if (recipient.take(sink, events, settled)) {
                count += events.size();
            } else {
                events.forEach(event -> add(sink, "There is no sink with this name.", event));
                settled.run();
            }
        }
        settled.run();
        return count;
    }

    private synchronized Map<String, List<Event>> readResubmitted() throws IOException {
        directory.acquire();
        return resubmitFile.read();
    }

    private synchronized void deleteResubmitted() {
        resubmitFile.delete();
    }
}

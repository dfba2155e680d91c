package io.webwatch.fault;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.event.Session;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that survives the process: a file with a line for each event, in the order of writing. The sink is down
 * while a marker file exists, which another process may create.
 */
final class FileSink implements SinkFactory, Sink {
    private static final String SESSION = "session ";

    private final String name;
    private final Path file;
    private final Path down;
    private volatile @Nullable Semaphore permits;
    private final List<Long> nanos = new CopyOnWriteArrayList<>();

    FileSink(String name, Path directory) {
        this.name = name;
        this.file = directory.resolve(name + ".out");
        this.down = directory.resolve(name + ".down");
    }

    /** Returns the unique times of the events that this object wrote, without session events. */
    List<Long> nanos() {
        return nanos;
    }

    void down() throws IOException {
        Files.write(down, List.of());
    }

    /** Makes each write wait for a permit for each of its events, or for none if {@code null}. */
    void throttle(@Nullable Semaphore eventPermits) {
        permits = eventPermits;
    }

    void up() throws IOException {
        Files.deleteIfExists(down);
    }

    /** Returns the ids of the events that were written, without session events. */
    List<String> ids() throws IOException {
        return lines().stream().filter(line -> !isSession(line)).toList();
    }

    /** Returns a line for each session event that was written. No two events have the same line. */
    List<String> sessions() throws IOException {
        return lines().stream().filter(FileSink::isSession).toList();
    }

    /** Returns a line for each event that was written. */
    List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isEmpty()).toList();
        }
    }

    private static boolean isSession(String line) {
        return line.startsWith(SESSION);
    }

    private static String line(Event event) {
        // All events of a session have the same id, but each counts more events than the one before, or ends the
        // session.
        return event.data() instanceof Session session
                ? SESSION + event.id() + " " + session.events() + " " + session.ended()
                : event.id().toString();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isConfigured(WebWatchConfig config) {
        return true;
    }

    @Override
    public Sink create(SinkContext context) {
        return this;
    }

    @Override
    public CompletionStage<WriteResult> write(EventBatch batch) {
        if (Files.exists(down)) {
            return CompletableFuture.completedStage(WriteResult.retriable("down"));
        }
        Semaphore limit = permits;
        try {
            if (limit != null) {
                limit.acquire(batch.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedStage(WriteResult.retriable("interrupted"));
        }
        String lines = batch.events().stream().map(event -> line(event) + "\n").collect(Collectors.joining());
        batch.events().stream()
                .filter(event -> event.type() != EventType.SESSION)
                .forEach(event -> nanos.add(event.timeNanos()));
        try {
            Files.write(
                    file, lines.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return CompletableFuture.completedStage(WriteResult.written());
        } catch (IOException e) {
            return CompletableFuture.completedStage(WriteResult.retriable(e.toString()));
        }
    }

    @Override
    public void close() {}
}

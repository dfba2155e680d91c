package io.webwatch.fault;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store of another process's: the ids of events in a file, one a line, in the order of writing. It is down while a file
 * says so. Session events are taken and not written.
 */
final class FileSink implements SinkFactory, Sink {
    private final String name;
    private final Path file;
    private final Path down;
    private volatile int slow;
    private final List<Long> nanos = new CopyOnWriteArrayList<>();

    FileSink(String name, Path directory) {
        this.name = name;
        this.file = directory.resolve(name + ".out");
        this.down = directory.resolve(name + ".down");
    }

    /** The unique times of what this object wrote. */
    List<Long> nanos() {
        return nanos;
    }

    void down() throws IOException {
        Files.write(down, List.of());
    }

    /** Lets it take no more than so many events a second; 0: as many as come. */
    void slow(int eventsPerSecond) {
        slow = eventsPerSecond;
    }

    void up() throws IOException {
        Files.deleteIfExists(down);
    }

    /** What was written. */
    List<String> ids() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isEmpty()).toList();
        }
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
        if (slow > 0) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(batch.size()) / slow);
        }
        String lines = batch.events().stream()
                .filter(event -> event.type() != EventType.SESSION)
                .map(Event::id)
                .map(id -> id + "\n")
                .collect(Collectors.joining());
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

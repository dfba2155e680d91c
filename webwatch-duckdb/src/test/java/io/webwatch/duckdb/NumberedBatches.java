package io.webwatch.duckdb;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.Session;
import io.webwatch.sink.EventBatch;
import io.webwatch.test.PlainEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches whose content is determined by their position, and a process that writes them until it is killed. It prints each
 * position after it was committed.
 */
final class NumberedBatches {
    static final String LOG = "numbered";

    private NumberedBatches() {}

    static int size(long position) {
        return (int) (1 + position * 37 % 200);
    }

    static long sizeUpTo(long position) {
        long sum = 0;
        for (long i = 1; i <= position; i++) {
            sum += size(i);
        }
        return sum;
    }

    static EventBatch batch(long position) {
        long time = StoreFile.NOW.toEpochMilli();
        EventContext context = PlainEvents.context("v", Long.toString(position), "/");
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < size(position); i++) {
            events.add(PlainEvents.event(i, time + position, context, PlainEvents.pageView()));
        }
        EventData session = new Session(false, 1, 1, position, position, "/", "/", false);
        events.add(PlainEvents.event(0, time, context, session));
        return StoreFile.batch(LOG, position, events);
    }

    public static void main(String[] arguments) throws Exception {
        try (DuckDbStore store = new StoreFile(Path.of(arguments[0])).open()) {
            for (long position = 1; ; position++) {
                if (!StoreFile.write(store, batch(position)).isWritten()) {
                    throw new IllegalStateException("Batch " + position + " was not written.");
                }
                System.out.println(position);
            }
        }
    }
}

package io.webwatch.duckdb;

import static io.webwatch.duckdb.StoreFile.batch;
import static io.webwatch.duckdb.StoreFile.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.Session;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import io.webwatch.test.PlainEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest {
    private static final long TIME = StoreFile.NOW.toEpochMilli();

    @TempDir
    private Path directory;

    private StoreFile file;

    @BeforeEach
    void file() {
        file = new StoreFile(directory);
    }

    @Test
    void factory_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SinkFactory.class))
                .hasAtLeastOneElementOfType(DuckDbSinkFactory.class)
                .anyMatch(factory -> factory.name().equals("duckdb"));
    }

    @Test
    void write_keepsBatchAndPosition() throws Exception {
        try (DuckDbStore store = file.open()) {
            assertThat(write(store, batch("a", 1, PlainEvents.pageViews(3, TIME)))
                            .isWritten())
                    .isTrue();
            assertThat(write(store, batch("a", 2, PlainEvents.pageViews(2, TIME)))
                            .isWritten())
                    .isTrue();
        }

        assertThat(file.number("SELECT count(*) FROM events")).isEqualTo(5);
        assertThat(file.rows("SELECT log, position FROM cursor")).containsExactly(List.of("a", 2L));
    }

    @Test
    void write_skipsARepeatedBatch() throws Exception {
        try (DuckDbStore store = file.open()) {
            write(store, batch("a", 1, PlainEvents.pageViews(3, TIME)));
            assertThat(write(store, batch("a", 1, PlainEvents.pageViews(3, TIME)))
                            .isWritten())
                    .isTrue();
        }
        try (DuckDbStore store = file.open()) {
            assertThat(write(store, batch("a", 1, PlainEvents.pageViews(3, TIME)))
                            .isWritten())
                    .isTrue();
            assertThat(write(store, batch("b", 1, PlainEvents.pageViews(3, TIME)))
                            .isWritten())
                    .isTrue();
        }

        assertThat(file.number("SELECT count(*) FROM events")).isEqualTo(6);
    }

    @Test
    void write_replacesEarlierCopiesOfASession() throws Exception {
        EventContext context = PlainEvents.context("v", "p", "/");
        try (DuckDbStore store = file.open()) {
            write(store, batch("a", 1, List.of(session(context, 1, false), session(context, 2, false))));
            write(store, batch("a", 2, List.of(session(context, 3, false))));
            write(store, batch("a", 3, List.of(session(context, 4, true))));
        }

        assertThat(file.rows("SELECT session, pages, state FROM sessions"))
                .containsExactly(List.of("s-v", 4L, "ended"));
        assertThat(file.number("SELECT count(*) FROM events")).isZero();
    }

    private static Event session(EventContext context, int pages, boolean ended) {
        EventData data = new Session(ended, 1000, 500, pages, pages + 2, "/in", "/out", false);
        return PlainEvents.event(0, TIME, context, data);
    }

    @Test
    void write_rejectsAnUnacceptableEventWithoutTheOthers() throws Exception {
        List<Event> events = new ArrayList<>(PlainEvents.pageViews(3, TIME));
        EventContext context = PlainEvents.context("v", "far", "/");
        events.add(1, new Event(new EventId("far", 1), Long.MAX_VALUE, 1, context, PlainEvents.pageView()));
        try (DuckDbStore store = file.open()) {
            WriteResult result = write(store, batch("a", 1, events));

            assertThat(result.isAllRetriable()).isFalse();
            assertThat(result.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.index()).isEqualTo(1);
                assertThat(failure.retriable()).isFalse();
                assertThat(failure.reason()).contains("does not accept the event");
            });
            assertThat(write(store, batch("a", 2, PlainEvents.pageViews(1, TIME)))
                            .isWritten())
                    .isTrue();
        }

        assertThat(file.rows("SELECT page_view FROM events ORDER BY page_view"))
                .containsExactly(List.of("p0"), List.of("p0"), List.of("p1"), List.of("p2"));
    }
}

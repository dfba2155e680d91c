package io.webwatch.duckdb;

import static io.webwatch.duckdb.StoreFile.batch;
import static io.webwatch.duckdb.StoreFile.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.Session;
import io.webwatch.fixture.ManualTime;
import io.webwatch.test.PlainEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final WebWatchConfig TEN_DAYS = WebWatchConfig.builder()
            .set(WebWatchProperties.DUCKDB_RETENTION, Duration.ofDays(10))
            .build();

    @TempDir
    private Path directory;

    private final ManualTime time = new ManualTime(StoreFile.NOW);
    private StoreFile file;

    @BeforeEach
    void file() {
        file = new StoreFile(directory);
    }

    private long daysAgo(int days) {
        return StoreFile.NOW.minus(Duration.ofDays(days)).toEpochMilli();
    }

    private static Event session(String visitor, long time) {
        EventContext context = PlainEvents.context(visitor, "p", "/");
        return PlainEvents.event(0, time, context, new Session(true, 1, 1, 1, 1, null, null, true));
    }

    @Test
    void oldEventsAndSessions_areDeletedByTheNextWrite() throws Exception {
        List<Event> events = new ArrayList<>(PlainEvents.pageViews(5, daysAgo(11)));
        events.addAll(PlainEvents.pageViews(3, daysAgo(9)));
        events.add(session("old", daysAgo(12)));
        events.add(session("new", daysAgo(1)));
        try (DuckDbStore store = file.open(TEN_DAYS, time)) {
            write(store, batch("a", 1, events));
        }

        assertThat(file.number("SELECT count(*) FROM events")).isEqualTo(3);
        assertThat(file.rows("SELECT visitor FROM sessions")).containsExactly(List.of("new"));
    }

    @Test
    void retention_runsOncePerHour() throws Exception {
        try (DuckDbStore store = file.open(TEN_DAYS, time)) {
            write(store, batch("a", 1, PlainEvents.pageViews(1, daysAgo(1))));
            time.advance(Duration.ofMinutes(59));
            write(store, batch("a", 2, PlainEvents.pageViews(5, daysAgo(11))));
            assertThat(count(store)).isEqualTo(6);

            time.advance(Duration.ofMinutes(2));
            write(store, batch("a", 3, PlainEvents.pageViews(1, daysAgo(1))));
            assertThat(count(store)).isEqualTo(2);
        }
    }

    @Test
    void manyOldEvents_areDeletedInChunksBetweenBatches() throws Exception {
        int old = Retention.CHUNK_ROWS * 2 + 100;
        try (DuckDbStore store = file.open(TEN_DAYS, time)) {
            write(store, batch("a", 1, PlainEvents.pageViews(1, daysAgo(1))));
            write(store, batch("a", 2, PlainEvents.pageViews(old, daysAgo(11))));
            time.advance(Duration.ofHours(2));
            List<Long> left = new ArrayList<>();
            for (int position = 3; position <= 6; position++) {
                write(store, batch("a", position, PlainEvents.pageViews(1, daysAgo(1))));
                left.add(count(store));
            }

            assertThat(left)
                    .containsExactly(old + 2L - Retention.CHUNK_ROWS, old + 3L - 2 * Retention.CHUNK_ROWS, 4L, 5L);
        }
    }

    @Test
    void cursorsOfOldLogs_areDeleted() throws Exception {
        try (DuckDbStore store = file.open(TEN_DAYS, time)) {
            write(store, batch("gone", 1, PlainEvents.pageViews(1, daysAgo(1))));
            time.advance(Duration.ofDays(30));
            write(store, batch("present", 1, PlainEvents.pageViews(1, daysAgo(1))));
        }

        assertThat(file.rows("SELECT log FROM cursor")).containsExactly(List.of("present"));
    }

    private static long count(DuckDbStore store) throws Exception {
        return Objects.requireNonNull(store.open)
                .readers()
                .query(new Sql().add("SELECT count(*) FROM events"), rows -> {
                    rows.next();
                    return rows.getLong(1);
                });
    }
}

package io.webwatch.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.test.PlainEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No event replaces another one, and no copy is counted twice. */
class ExactCountTest {
    private static final int EVENTS = 1_000_000;
    private static final int BATCH = 5_000;

    @Test
    void eventsOfOnePage_areCountedExactly_alsoWhenEveryBatchIsWrittenTwice() throws Exception {
        InfluxServer server = InfluxServer.shared();
        String database = server.createDatabase();
        try (SinkFixture sink = new SinkFixture(server.url(), database)) {
            writeAll(sink);
            assertThat(count(server, database)).isEqualTo(EVENTS);

            writeAll(sink);
            assertThat(count(server, database)).isEqualTo(EVENTS);
        }
    }

    private static long count(InfluxServer server, String database) throws Exception {
        return server.number(database, "SELECT count(id) FROM page_views", "count");
    }

    /** Writes a thousand events per millisecond, which is as close as unique times can be. */
    private static void writeAll(SinkFixture sink) {
        EventContext context = PlainEvents.context("v", "p", "/");
        EventData data = PlainEvents.pageView();
        long time = SinkFixture.NOW.toEpochMilli();
        for (int first = 0; first < EVENTS; first += BATCH) {
            List<Event> events = new ArrayList<>(BATCH);
            for (int i = first; i < first + BATCH; i++) {
                long millis = time + i / 1000;
                events.add(
                        new Event(new EventId("p", i), millis, millis * 1_000_000 + i % 1000 * 1000L, context, data));
            }
            assertThat(sink.write(events).isWritten()).isTrue();
        }
    }
}

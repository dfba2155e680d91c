package io.webwatch.influxdb;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.WriteResult;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A sink connected to a server, which writes events in batches with consecutive positions. */
final class SinkFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Sink sink;
    private long position;

    SinkFixture(String url, String bucket) {
        this(WebWatchConfig.builder()
                .set(WebWatchProperties.INFLUXDB_URL, url)
                .set(WebWatchProperties.INFLUXDB_BUCKET, bucket)
                .set(WebWatchProperties.INFLUXDB_ORG, "org")
                .set(WebWatchProperties.INFLUXDB_TOKEN, "token")
                .build());
    }

    SinkFixture(WebWatchConfig config) {
        this(config, InstantSource.fixed(NOW));
    }

    SinkFixture(WebWatchConfig config, InstantSource clock) {
        sink = new InfluxDbSinkFactory().create(new SinkContext(config, Path.of("."), clock));
    }

    WriteResult write(List<Event> events) {
        return write(sink, new EventBatch("log", ++position, events, 1));
    }

    static WriteResult write(Sink sink, EventBatch batch) {
        return sink.write(batch).toCompletableFuture().join();
    }

    Sink sink() {
        return sink;
    }

    @Override
    public void close() {
        sink.close();
    }
}

package io.webwatch.status;

import io.webwatch.event.DropReason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * WebWatch's current status. Immutable.
 *
 * @param version version of WebWatch
 * @param startedAt when this instance was started
 * @param dataDirectory absolute path of the data directory
 * @param buffer the buffer between request threads and the batcher
 * @param accepted number of events accepted since start
 * @param dropped number of events and requests not accepted or not delivered since start, by reason; only reasons that
 *     occurred
 * @param sinks status of each sink, in the order of the configuration
 * @param journal status of the journal
 * @param deadLetterBytes size of the dead-letter files
 * @param store name of the sink that answers queries, or null
 * @param hint how to get a query store if there is none, or null
 * @param warnings sentences about what is degraded, each with a remedy
 */
public record Status(
        String version,
        Instant startedAt,
        Path dataDirectory,
        Buffer buffer,
        long accepted,
        Map<DropReason, Long> dropped,
        List<SinkStatus> sinks,
        JournalStatus journal,
        long deadLetterBytes,
        @Nullable String store,
        @Nullable String hint,
        List<String> warnings) {
    /**
     * Fill level of the buffer. It refuses requests when either bound is reached.
     *
     * @param used number of requests in the buffer
     * @param capacity maximum number of requests
     * @param usedBytes estimated size of the requests in the buffer
     * @param maxBytes maximum size
     */
    public record Buffer(int used, int capacity, long usedBytes, long maxBytes) {}
}

package io.webwatch;

import io.webwatch.delivery.SinkStatus;
import io.webwatch.event.DropReason;
import io.webwatch.journal.JournalStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How WebWatch stands. Immutable.
 *
 * @param dataDirectory absolute
 * @param bufferUsed requests waiting
 * @param bufferUsedBytes their size
 * @param accepted events taken since start
 * @param dropped everything not taken or not delivered since start, by reason; only reasons that occurred
 * @param journal how the journal stands, which keeps on disk what sinks have not taken
 * @param deadLetterBytes size of the files of events that sinks refused for good
 * @param store name of the query store, or null
 * @param hint what to do for history when there is no store, or null
 * @param warnings sentences about what is degraded
 */
public record Status(
        String version,
        Instant startedAt,
        Path dataDirectory,
        int bufferUsed,
        int bufferCapacity,
        long bufferUsedBytes,
        long bufferMaxBytes,
        long accepted,
        Map<DropReason, Long> dropped,
        List<SinkStatus> sinks,
        JournalStatus journal,
        long deadLetterBytes,
        @Nullable String store,
        @Nullable String hint,
        List<String> warnings) {}

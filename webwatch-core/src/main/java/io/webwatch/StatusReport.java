package io.webwatch;

import io.webwatch.delivery.DeadLetters;
import io.webwatch.delivery.Delivery;
import io.webwatch.event.DropCounters;
import io.webwatch.intake.Intake;
import io.webwatch.log.Spool;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.status.JournalStatus;
import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the status from the parts of the pipeline. Thread-safe. */
record StatusReport(
        Instant startedAt,
        Path dataDirectory,
        SubmissionRing<?> ring,
        Intake intake,
        DropCounters drops,
        List<Delivery> deliveries,
        @Nullable Delivery store,
        @Nullable Spool spool,
        DeadLetters letters,
        Warnings warnings,
        ThreadFailures failures) {
    private static final String HINT =
            "History needs a store: add the dependency io.webwatch:webwatch-duckdb and restart.";

    /** Returns the status of this moment. */
    Status now() {
        List<SinkStatus> sinks = deliveries.stream().map(Delivery::status).toList();
        return new Status(
                version(),
                startedAt,
                dataDirectory,
                new Status.Buffer(ring.size(), ring.capacity(), ring.bytes(), ring.maxBytes()),
                intake.accepted(),
                drops.snapshot(),
                sinks,
                spool == null ? JournalStatus.NONE : spool.status(),
                letters.bytes(),
                store == null ? null : store.name(),
                store == null ? HINT : null,
                allWarnings(sinks));
    }

    private List<String> allWarnings(List<SinkStatus> sinks) {
        List<String> all = new ArrayList<>(warnings.all());
        all.addAll(failures.warnings());
        sinks.forEach(sink -> all.addAll(sink.warnings()));
        return List.copyOf(all);
    }

    private static String version() {
        String version = WebWatch.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

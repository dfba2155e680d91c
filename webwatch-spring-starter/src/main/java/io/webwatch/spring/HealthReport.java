package io.webwatch.spring;

import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of WebWatch, for the health indicators of both versions of Spring Boot. A problem with analytics is not a
 * problem of the application, so the worst status is {@value #DEGRADED}. It is not part of Spring Boot's status order,
 * and therefore never worsens the application's overall status, readiness or liveness.
 *
 * @param degraded whether the status is {@value #DEGRADED} rather than {@code UP}
 * @param details shown by the health endpoint
 */
record HealthReport(boolean degraded, Map<String, Object> details) {
    static final String DEGRADED = "DEGRADED";

    static HealthReport of(Status status) {
        Map<String, Object> dropped = new LinkedHashMap<>();
        status.dropped().forEach((reason, count) -> dropped.put(reason.id(), count));
        Map<String, Object> sinks = new LinkedHashMap<>();
        status.sinks().forEach(sink -> sinks.put(sink.name(), describe(sink)));
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("bytes", status.journal().bytes());
        putError(journal, status.journal().lastError());

        Map<String, Object> details = new LinkedHashMap<>();
        details.put("accepted", status.accepted());
        details.put("dropped", dropped);
        details.put("sinks", sinks);
        details.put("journal", journal);
        details.put("warnings", List.copyOf(status.warnings()));
        return new HealthReport(isDegraded(status), details);
    }

    private static boolean isDegraded(Status status) {
        return !status.warnings().isEmpty()
                || status.journal().lastError() != null
                || status.sinks().stream().anyMatch(sink -> sink.state() == SinkStatus.State.RETRYING);
    }

    private static Map<String, Object> describe(SinkStatus sink) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("state", sink.state().id());
        description.put("lag", sink.lag());
        description.put("written", sink.written());
        putError(description, sink.lastError());
        return description;
    }

    private static void putError(Map<String, Object> description, @Nullable String error) {
        if (error != null) {
            description.put("last_error", error);
        }
    }
}

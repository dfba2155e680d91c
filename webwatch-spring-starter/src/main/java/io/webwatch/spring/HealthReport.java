package io.webwatch.spring;

import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the health endpoint shows of WebWatch. A problem with analytics is not a problem of the application, so the worst
 * status is {@value #DEGRADED}: Spring Boot's status aggregator does not know it, so it never affects the status of the
 * application, its readiness or its liveness.
 */
record HealthReport(boolean degraded, Map<String, Object> details) {
    static final String DEGRADED = "DEGRADED";

    static HealthReport of(Status status) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("accepted", status.accepted());
        Map<String, Object> dropped = new LinkedHashMap<>();
        status.dropped().forEach((reason, count) -> dropped.put(reason.id(), count));
        details.put("dropped", dropped);
        Map<String, Object> sinks = new LinkedHashMap<>();
        status.sinks().forEach(sink -> sinks.put(sink.name(), describe(sink)));
        details.put("sinks", sinks);
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("bytes", status.journal().bytes());
        if (status.journal().lastError() != null) {
            journal.put("last_error", status.journal().lastError());
        }
        details.put("journal", journal);
        details.put("warnings", status.warnings());
        boolean degraded = !status.warnings().isEmpty()
                || status.journal().lastError() != null
                || status.sinks().stream().anyMatch(sink -> sink.state() == SinkStatus.State.RETRYING);
        return new HealthReport(degraded, details);
    }

    private static Map<String, Object> describe(SinkStatus sink) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("state", sink.state().id());
        description.put("lag", sink.lag());
        description.put("written", sink.written());
        if (sink.lastError() != null) {
            description.put("last_error", sink.lastError());
        }
        return description;
    }
}

package io.webwatch.servlet.internal.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.event.DropReason;
import io.webwatch.servlet.internal.http.HtmlPages;
import io.webwatch.servlet.internal.http.HtmlPages.Outcome;
import io.webwatch.status.JournalStatus;
import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes the status as {@code docs/http-api.md} describes it. */
final class StatusJson {
    private StatusJson() {}

    static void write(Status status, String path, HtmlPages pages, List<String> warnings, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("version", status.version());
        json.writeStringField("started_at", status.startedAt().toString());
        json.writeStringField("path", path);
        json.writeStringField("data_directory", status.dataDirectory().toString());
        buffer(status, json);
        json.writeNumberField("accepted", status.accepted());
        dropped(status.dropped(), json);
        pages(pages, json);
        json.writeArrayFieldStart("sinks");
        for (SinkStatus sink : status.sinks()) {
            sink(sink, json);
        }
        json.writeEndArray();
        journal(status.journal(), json);
        json.writeNumberField("dead_letter_bytes", status.deadLetterBytes());
        json.writeStringField("store", status.store());
        json.writeStringField("hint", status.hint());
        json.writeArrayFieldStart("warnings");
        for (String warning : warnings) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void buffer(Status status, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("buffer");
        json.writeNumberField("used", status.buffer().used());
        json.writeNumberField("capacity", status.buffer().capacity());
        json.writeNumberField("used_bytes", status.buffer().usedBytes());
        json.writeNumberField("max_bytes", status.buffer().maxBytes());
        json.writeEndObject();
    }

    private static void pages(HtmlPages pages, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("pages");
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberField(outcome.id(), pages.of(outcome));
        }
        json.writeEndObject();
    }

    private static void journal(JournalStatus journal, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("journal");
        json.writeBooleanField("open", journal.open());
        json.writeNumberField("bytes", journal.bytes());
        json.writeNumberField("max_bytes", journal.maxBytes());
        json.writeNumberField("segments", journal.segments());
        json.writeStringField("last_error", journal.lastError());
        json.writeEndObject();
    }

    private static void sink(SinkStatus sink, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", sink.name());
        json.writeStringField("state", sink.state().id());
        json.writeStringField("last_error", sink.lastError());
        json.writeNumberField("position", sink.position());
        json.writeNumberField("lag", sink.lag());
        json.writeNumberField("written", sink.written());
        json.writeNumberField("rejected", sink.rejected());
        json.writeNumberField("dropped", sink.dropped());
        json.writeNumberField("retries", sink.retries());
        json.writeObjectFieldStart("metrics");
        for (Map.Entry<String, Double> metric : sink.metrics().entrySet()) {
            if (Double.isFinite(metric.getValue())) {
                json.writeNumberField(metric.getKey(), metric.getValue());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Writes the reasons that have a count, with the explanation that the dashboard shows. */
    static void dropped(Map<DropReason, Long> dropped, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("dropped");
        for (DropReason reason : DropReason.values()) {
            Long count = dropped.get(reason);
            if (count != null && count > 0) {
                json.writeStartObject();
                json.writeStringField("reason", reason.id());
                json.writeNumberField("count", count);
                json.writeStringField("kind", reason.kind().id());
                json.writeStringField("explanation", reason.explanation());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}

package io.webwatch.servlet.internal.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.event.DropReason;
import io.webwatch.servlet.internal.inject.HtmlPages;
import io.webwatch.servlet.internal.inject.HtmlPages.Outcome;
import io.webwatch.status.JournalStatus;
import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The status as {@code docs/http-api.md} shows it. */
final class StatusJson {
    private StatusJson() {}

    static void write(Status status, String path, HtmlPages pages, List<String> warnings, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("version", status.version());
        json.writeStringField("startedAt", status.startedAt().toString());
        json.writeStringField("path", path);
        json.writeStringField("dataDirectory", status.dataDirectory().toString());
        json.writeObjectFieldStart("buffer");
        json.writeNumberField("used", status.buffer().used());
        json.writeNumberField("capacity", status.buffer().capacity());
        json.writeNumberField("usedBytes", status.buffer().usedBytes());
        json.writeNumberField("maxBytes", status.buffer().maxBytes());
        json.writeEndObject();
        json.writeNumberField("accepted", status.accepted());
        dropped(status.dropped(), json);
        json.writeObjectFieldStart("pages");
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberField(outcome.id(), pages.of(outcome));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("sinks");
        for (SinkStatus sink : status.sinks()) {
            sink(sink, json);
        }
        json.writeEndArray();
        journal(status.journal(), json);
        json.writeNumberField("deadLetterBytes", status.deadLetterBytes());
        json.writeStringField("store", status.store());
        json.writeStringField("hint", status.hint());
        json.writeArrayFieldStart("warnings");
        for (String warning : warnings) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void journal(JournalStatus journal, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("journal");
        json.writeBooleanField("open", journal.open());
        json.writeNumberField("bytes", journal.bytes());
        json.writeNumberField("maxBytes", journal.maxBytes());
        json.writeNumberField("segments", journal.segments());
        json.writeStringField("lastError", journal.lastError());
        json.writeEndObject();
    }

    private static void sink(SinkStatus sink, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", sink.name());
        json.writeStringField("state", sink.state().id());
        json.writeStringField("lastError", sink.lastError());
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

    static void dropped(Map<DropReason, Long> dropped, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("dropped");
        for (DropReason reason : DropReason.values()) {
            Long count = dropped.get(reason);
            if (count != null && count > 0) {
                json.writeNumberField(reason.id(), count);
            }
        }
        json.writeEndObject();
    }
}

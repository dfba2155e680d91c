package io.webwatch.servlet.internal.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.live.LiveSnapshot;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The live snapshot as {@code docs/http-api.md} shows it. */
final class LiveJson {
    private LiveJson() {}

    static void write(LiveSnapshot live, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("time", live.timeMillis());
        json.writeNumberField("visitorsNow", live.visitorsNow());
        json.writeNumberField("eventsPerSecond", Math.round(live.eventsPerSecond() * 100) / 100.0);
        totals(live.totals(), json);
        json.writeArrayFieldStart("pageViewsPerMinute");
        for (LiveSnapshot.Minute minute : live.minutes()) {
            json.writeStartObject();
            json.writeNumberField("time", minute.startMillis());
            json.writeNumberField("pageViews", minute.pageViews());
            json.writeNumberField("visitors", minute.visitors());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("topPages");
        for (LiveSnapshot.Page page : live.topPages()) {
            json.writeStartObject();
            json.writeStringField("path", page.path());
            json.writeNumberField("visitors", page.visitors());
            json.writeNumberField("pageViews", page.pageViews());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("recent");
        for (Event event : live.recent()) {
            event(event, json);
        }
        json.writeEndArray();
        StatusJson.dropped(live.dropped(), json);
        json.writeEndObject();
    }

    private static void totals(LiveSnapshot.Totals totals, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("totals");
        json.writeNumberField("pageViews", totals.pageViews());
        json.writeNumberField("clicks", totals.clicks());
        json.writeNumberField("visitors", totals.visitors());
        json.writeNumberField("sessions", totals.sessions());
        json.writeNumberField("engagedMillis", totals.engagedMillis());
        json.writeNumberField("events", totals.events());
        json.writeEndObject();
    }

    private static void event(Event event, JsonGenerator json) throws IOException {
        EventContext context = event.context();
        json.writeStartObject();
        json.writeStringField("id", event.id().toString());
        json.writeStringField("type", event.type().id());
        json.writeNumberField("time", event.timeMillis());
        json.writeStringField("visitor", context.visitor());
        json.writeStringField("path", context.page().path());
        json.writeStringField("title", context.page().title());
        json.writeStringField("device", context.client().device().id());
        json.writeStringField("browser", context.client().browser());
        json.writeStringField("country", context.location().country());
        json.writeStringField("detail", detail(event.data()));
        json.writeEndObject();
    }

    /** The one attribute that tells events of a type apart. */
    private static @Nullable String detail(EventData data) {
        if (data instanceof EventData.PageView view) {
            return view.kind().id();
        } else if (data instanceof EventData.Engagement engagement) {
            return engagement.engagedMillis() / 1_000 + " s, " + engagement.scrollDepth() + " %";
        } else if (data instanceof EventData.Session session) {
            return session.ended() ? "ended" : "open";
        } else if (data instanceof EventData.Click click) {
            return click.label() == null ? click.element() : click.label();
        } else if (data instanceof EventData.Hover hover) {
            return hover.element();
        } else if (data instanceof EventData.Form form) {
            return form.form();
        } else if (data instanceof EventData.Media media) {
            return media.media();
        } else if (data instanceof EventData.Download download) {
            return download.file() == null ? download.url() : download.file();
        } else if (data instanceof EventData.ImageView image) {
            return image.image();
        } else if (data instanceof EventData.WebVital vital) {
            return vital.name() + " " + vital.value();
        } else if (data instanceof EventData.ScriptError error) {
            return error.message();
        } else if (data instanceof EventData.Custom custom) {
            return custom.name();
        }
        return null;
    }
}

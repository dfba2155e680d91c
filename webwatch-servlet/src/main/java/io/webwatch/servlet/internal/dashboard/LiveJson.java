package io.webwatch.servlet.internal.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Download;
import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.Form;
import io.webwatch.event.Hover;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import io.webwatch.event.PageView;
import io.webwatch.event.ScriptError;
import io.webwatch.event.Session;
import io.webwatch.event.WebVital;
import io.webwatch.live.LiveSnapshot;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the live snapshot as {@code docs/http-api.md} describes it. */
final class LiveJson {
    private LiveJson() {}

    static void write(LiveSnapshot live, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("time", live.timeMillis());
        json.writeNumberField("visitors_now", live.visitorsNow());
        json.writeNumberField("events_per_second", Math.round(live.eventsPerSecond() * 100) / 100.0);
        totals(live.totals(), json);
        json.writeArrayFieldStart("page_views_per_minute");
        for (LiveSnapshot.Minute minute : live.minutes()) {
            minute(minute, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("top_pages");
        for (LiveSnapshot.Page page : live.topPages()) {
            page(page, json);
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
        json.writeNumberField("page_views", totals.pageViews());
        json.writeNumberField("clicks", totals.clicks());
        json.writeNumberField("visitors", totals.visitors());
        json.writeNumberField("sessions", totals.sessions());
        json.writeNumberField("engaged_ms", totals.engagedMillis());
        json.writeNumberField("events", totals.events());
        json.writeEndObject();
    }

    private static void minute(LiveSnapshot.Minute minute, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("time", minute.startMillis());
        json.writeNumberField("page_views", minute.pageViews());
        json.writeNumberField("visitors", minute.visitors());
        json.writeEndObject();
    }

    private static void page(LiveSnapshot.Page page, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", page.path());
        json.writeNumberField("visitors", page.visitors());
        json.writeNumberField("page_views", page.pageViews());
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

    /** Returns the attribute that best distinguishes one event of a type from another, in words. */
    private static @Nullable String detail(EventData data) {
        if (data instanceof PageView view) {
            return view.kind().id();
        } else if (data instanceof Engagement engagement) {
            return engagement.engagedMillis() / 1_000 + " s, scrolled to " + engagement.scrollDepth() + "%";
        } else if (data instanceof Session session) {
            return session.ended() ? "ended" : "open";
        } else if (data instanceof Click click) {
            return click.label() == null ? click.element() : click.label();
        } else if (data instanceof Hover hover) {
            return hover.element();
        } else if (data instanceof Form form) {
            return form.form();
        } else if (data instanceof Media media) {
            return media.media();
        } else if (data instanceof Download download) {
            return download.file() == null ? download.url() : download.file();
        } else if (data instanceof ImageView image) {
            return image.image();
        } else if (data instanceof WebVital vital) {
            return vital(vital);
        } else if (data instanceof ScriptError error) {
            return error.message();
        } else if (data instanceof Custom custom) {
            return custom.name();
        }
        return null;
    }

    /** Returns a web vital as it is usually quoted: CLS is a score, the others are whole milliseconds. */
    private static String vital(WebVital vital) {
        String value = vital.name().equals("CLS")
                ? String.format(Locale.ROOT, "%.3f", vital.value())
                : Math.round(vital.value()) + " ms";
        String rating = vital.rating() == null ? "" : ", " + vital.rating().replace('-', ' ');
        return vital.name() + " " + value + rating;
    }
}

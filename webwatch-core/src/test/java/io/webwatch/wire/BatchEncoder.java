package io.webwatch.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webwatch.bytes.Utf8;
import io.webwatch.event.Click;
import io.webwatch.event.Custom;
import io.webwatch.event.Download;
import io.webwatch.event.Engagement;
import io.webwatch.event.EventData;
import io.webwatch.event.Form;
import io.webwatch.event.Hover;
import io.webwatch.event.ImageView;
import io.webwatch.event.Media;
import io.webwatch.event.MouseMove;
import io.webwatch.event.PageView;
import io.webwatch.event.ScriptError;
import io.webwatch.event.WebVital;
import io.webwatch.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes batches in the wire protocol v1, for clients written in Java, load generators and tests. What the protocol
 * holds comes back equal from {@link BatchDecoder}; text is not cut here, so that a client sees what its server makes of
 * it, and dwell times are rounded to the 50 ms of the wire. Thread-safe.
 */
public final class BatchEncoder {
    private BatchEncoder() {}

    /**
     * The body of a request. The count of invalid events is not part of it.
     *
     * @throws IllegalArgumentException for {@code session} data, which only the server makes
     */
    public static byte[] encode(WireBatch batch) {
        return Json.bytes(out -> {
            out.writeStartObject();
            context(batch.context(), out);
            out.writeArrayFieldStart("e");
            for (WireEvent event : batch.events()) {
                event(event, out);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void context(WireContext context, JsonGenerator out) throws IOException {
        out.writeNumberField("v", 1);
        text("p", context.pageView(), out);
        text("u", context.url(), out);
        text("r", context.referrer(), out);
        text("t", context.title(), out);
        text("s", context.site(), out);
        text("l", context.language(), out);
        text("z", context.timeZone(), out);
        size("sc", context.screenWidth(), context.screenHeight(), out);
        size("vp", context.viewportWidth(), context.viewportHeight(), out);
        if (context.touchPoints() != 0) {
            out.writeNumberField("tp", context.touchPoints());
        }
        text("rt", context.route(), out);
        text("ui", context.user(), out);
        text("vi", context.visitor(), out);
    }

    private static void event(WireEvent event, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("t", event.data().type().id());
        out.writeNumberField("n", event.sequence());
        if (event.offsetMillis() != 0) {
            out.writeNumberField("o", event.offsetMillis());
        }
        data(event.data(), out);
        out.writeEndObject();
    }

    private static void data(EventData data, JsonGenerator out) throws IOException {
        if (data instanceof PageView view) {
            text("k", view.kind().id(), out);
            number("lm", view.loadMillis(), out);
        } else if (data instanceof Engagement engagement) {
            out.writeNumberField("en", engagement.engagedMillis());
            out.writeNumberField("vs", engagement.visibleMillis());
            out.writeNumberField("id", engagement.idleMillis());
            out.writeNumberField("sd", engagement.scrollDepth());
        } else if (data instanceof Click click) {
            click(click, out);
        } else if (data instanceof MouseMove move) {
            text("g", CellCodec.encode(move.cells()), out);
            number("dw", move.documentWidth(), out);
            number("dh", move.documentHeight(), out);
            out.writeNumberField("c", move.cellPixels());
            flag("f", move.fixed(), out);
        } else if (data instanceof Hover hover) {
            text("el", hover.element(), out);
            out.writeNumberField("ms", hover.hoverMillis());
        } else if (data instanceof Form form) {
            form(form, out);
        } else if (data instanceof Media media) {
            text("md", media.media(), out);
            text("pr", media.provider(), out);
            number("ps", media.positionMillis(), out);
            number("du", media.durationMillis(), out);
            number("pc", media.percent(), out);
            number("wa", media.watchedMillis(), out);
        } else {
            otherData(data, out);
        }
    }

    private static void otherData(EventData data, JsonGenerator out) throws IOException {
        if (data instanceof Download download) {
            text("ur", download.url(), out);
            text("fi", download.file(), out);
            text("ex", download.extension(), out);
        } else if (data instanceof ImageView image) {
            text("im", image.image(), out);
            number("vi", image.visibleMillis(), out);
        } else if (data instanceof WebVital vital) {
            text("nm", vital.name(), out);
            out.writeNumberField("va", vital.value());
            text("rt", vital.rating(), out);
        } else if (data instanceof ScriptError error) {
            text("me", error.message(), out);
            text("so", error.source(), out);
            number("li", error.line(), out);
        } else if (data instanceof Custom custom) {
            text("nm", custom.name(), out);
            properties(custom.properties(), out);
        } else {
            throw new IllegalArgumentException(
                    "The protocol has no " + data.type().id() + " events.");
        }
    }

    private static void click(Click click, JsonGenerator out) throws IOException {
        text("el", click.element(), out);
        text("tg", click.tag(), out);
        text("ro", click.role(), out);
        text("lb", click.label(), out);
        text("hr", click.href(), out);
        flag("ou", click.outbound(), out);
        number("x", click.x(), out);
        number("y", click.y(), out);
        Click.Box box = click.box();
        if (box != null) {
            out.writeFieldName("bx");
            out.writeArray(new int[] {box.x(), box.y(), box.width(), box.height()}, 0, 4);
        }
        flag("rg", click.rage(), out);
        flag("dd", click.dead(), out);
    }

    private static void form(Form form, JsonGenerator out) throws IOException {
        text("fm", form.form(), out);
        number("du", form.durationMillis(), out);
        if (!form.fields().isEmpty()) {
            out.writeArrayFieldStart("fs");
            for (Form.Field field : form.fields()) {
                out.writeStartArray();
                out.writeString(Utf8.wellFormed(field.name()));
                out.writeNumber(field.focuses());
                out.writeNumber(field.millis());
                out.writeNumber(field.changes());
                out.writeEndArray();
            }
            out.writeEndArray();
        }
        text("lf", form.lastField(), out);
    }

    private static void properties(Map<String, Object> properties, JsonGenerator out) throws IOException {
        if (properties.isEmpty()) {
            return;
        }
        out.writeObjectFieldStart("pp");
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            out.writeFieldName(Utf8.wellFormed(property.getKey()));
            Object value = property.getValue();
            if (value instanceof String text) {
                out.writeString(Utf8.wellFormed(text));
            } else if (value instanceof Long integer) {
                out.writeNumber(integer);
            } else if (value instanceof Double decimal) {
                out.writeNumber(decimal);
            } else {
                out.writeBoolean((Boolean) value);
            }
        }
        out.writeEndObject();
    }

    private static void text(String key, @Nullable String value, JsonGenerator out) throws IOException {
        if (value != null) {
            out.writeStringField(key, Utf8.wellFormed(value));
        }
    }

    private static void number(String key, @Nullable Number value, JsonGenerator out) throws IOException {
        if (value != null) {
            out.writeNumberField(key, value.longValue());
        }
    }

    private static void flag(String key, boolean value, JsonGenerator out) throws IOException {
        if (value) {
            out.writeNumberField(key, 1);
        }
    }

    private static void size(String key, int width, int height, JsonGenerator out) throws IOException {
        if (width != 0 || height != 0) {
            out.writeFieldName(key);
            out.writeArray(new int[] {width, height}, 0, 2);
        }
    }
}

package io.webwatch.journal;

import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The binary form of what is particular to a type of event: the type's name, then its attributes in their order. */
final class DataBinary {
    private static final int TEXT = 0;
    private static final int INTEGER = 1;
    private static final int DECIMAL = 2;
    private static final int FLAG = 3;

    private DataBinary() {}

    static void write(EventData data, BinaryWriter out) {
        out.text(data.type().id());
        if (data instanceof EventData.PageView view) {
            out.text(view.kind().id());
            out.optional(view.loadMillis());
        } else if (data instanceof EventData.Engagement engagement) {
            out.signed(engagement.engagedMillis());
            out.signed(engagement.visibleMillis());
            out.signed(engagement.idleMillis());
            out.signed(engagement.scrollDepth());
        } else if (data instanceof EventData.Session session) {
            session(session, out);
        } else if (data instanceof EventData.Click click) {
            click(click, out);
        } else if (data instanceof EventData.MouseMove move) {
            move(move, out);
        } else if (data instanceof EventData.Hover hover) {
            out.text(hover.element());
            out.signed(hover.hoverMillis());
        } else if (data instanceof EventData.Form form) {
            form(form, out);
        } else if (data instanceof EventData.Media media) {
            media(media, out);
        } else if (data instanceof EventData.Download download) {
            out.text(download.url());
            out.text(download.file());
            out.text(download.extension());
        } else if (data instanceof EventData.ImageView image) {
            out.text(image.image());
            out.optional(image.visibleMillis());
        } else if (data instanceof EventData.WebVital vital) {
            out.text(vital.name());
            out.decimal(vital.value());
            out.text(vital.rating());
        } else if (data instanceof EventData.ScriptError error) {
            out.text(error.message());
            out.text(error.source());
            out.optional(error.line());
        } else if (data instanceof EventData.Custom custom) {
            custom(custom, out);
        } else {
            throw new IllegalStateException("There is no binary form of " + data.getClass());
        }
    }

    static EventData read(BinaryReader in) throws IOException {
        EventType type = EventType.byId(in.required());
        if (type == null) {
            throw BinaryReader.damaged("an unknown type of event");
        }
        return switch (type) {
            case PAGE_VIEW -> new EventData.PageView(kind(in.required()), in.optional());
            case ENGAGEMENT -> new EventData.Engagement(in.signed(), in.signed(), in.signed(), in.integer());
            case SESSION ->
                new EventData.Session(
                        in.flag(), in.signed(), in.signed(), in.signed(), in.signed(), in.text(), in.text(), in.flag());
            case CLICK ->
                new EventData.Click(
                        in.required(),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.flag(),
                        in.optionalInteger(),
                        in.optionalInteger(),
                        box(in),
                        in.flag(),
                        in.flag());
            case MOUSE_MOVE ->
                new EventData.MouseMove(in.integer(), in.optionalInteger(), in.optionalInteger(), in.flag(), cells(in));
            case HOVER -> new EventData.Hover(in.required(), in.signed());
            case FORM_START, FORM_SUBMIT, FORM_ABANDON, FORM_INVALID ->
                new EventData.Form(type, in.required(), in.optional(), fields(in), in.text());
            case VIDEO_PLAY,
                    VIDEO_PAUSE,
                    VIDEO_PROGRESS,
                    VIDEO_COMPLETE,
                    AUDIO_PLAY,
                    AUDIO_PAUSE,
                    AUDIO_PROGRESS,
                    AUDIO_COMPLETE ->
                new EventData.Media(
                        type,
                        in.required(),
                        in.required(),
                        in.optional(),
                        in.optional(),
                        in.optionalInteger(),
                        in.optional());
            case DOWNLOAD -> new EventData.Download(in.required(), in.text(), in.text());
            case IMAGE_VIEW -> new EventData.ImageView(in.required(), in.optional());
            case WEB_VITAL -> new EventData.WebVital(in.required(), in.decimal(), in.text());
            case ERROR -> new EventData.ScriptError(in.required(), in.text(), in.optional());
            case CUSTOM -> new EventData.Custom(in.required(), properties(in));
        };
    }

    private static EventData.PageViewKind kind(String id) throws IOException {
        EventData.PageViewKind kind = EventData.PageViewKind.byId(id);
        if (kind == null) {
            throw BinaryReader.damaged("an unknown kind of page view");
        }
        return kind;
    }

    private static void session(EventData.Session session, BinaryWriter out) {
        out.flag(session.ended());
        out.signed(session.durationMillis());
        out.signed(session.engagedMillis());
        out.signed(session.pages());
        out.signed(session.events());
        out.text(session.entry());
        out.text(session.exit());
        out.flag(session.bounce());
    }

    private static void click(EventData.Click click, BinaryWriter out) {
        out.text(click.element());
        out.text(click.tag());
        out.text(click.role());
        out.text(click.label());
        out.text(click.href());
        out.flag(click.outbound());
        out.optional(click.x());
        out.optional(click.y());
        EventData.Box box = click.box();
        out.flag(box != null);
        if (box != null) {
            out.signed(box.x());
            out.signed(box.y());
            out.signed(box.width());
            out.signed(box.height());
        }
        out.flag(click.rage());
        out.flag(click.dead());
    }

    private static EventData.@Nullable Box box(BinaryReader in) throws IOException {
        return in.flag() ? new EventData.Box(in.integer(), in.integer(), in.integer(), in.integer()) : null;
    }

    private static void move(EventData.MouseMove move, BinaryWriter out) {
        out.signed(move.cellPixels());
        out.optional(move.documentWidth());
        out.optional(move.documentHeight());
        out.flag(move.fixed());
        out.unsigned(move.cells().size());
        for (EventData.Cell cell : move.cells()) {
            out.signed(cell.column());
            out.signed(cell.row());
            out.signed(cell.dwellMillis());
        }
    }

    private static List<EventData.Cell> cells(BinaryReader in) throws IOException {
        List<EventData.Cell> cells = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            cells.add(new EventData.Cell(in.integer(), in.integer(), in.signed()));
        }
        return cells;
    }

    private static void form(EventData.Form form, BinaryWriter out) {
        out.text(form.form());
        out.optional(form.durationMillis());
        out.unsigned(form.fields().size());
        for (EventData.FormField field : form.fields()) {
            out.text(field.name());
            out.signed(field.focuses());
            out.signed(field.millis());
            out.signed(field.changes());
        }
        out.text(form.lastField());
    }

    private static List<EventData.FormField> fields(BinaryReader in) throws IOException {
        List<EventData.FormField> fields = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            fields.add(new EventData.FormField(in.required(), in.signed(), in.signed(), in.signed()));
        }
        return fields;
    }

    private static void media(EventData.Media media, BinaryWriter out) {
        out.text(media.media());
        out.text(media.provider());
        out.optional(media.positionMillis());
        out.optional(media.durationMillis());
        out.optional(media.percent());
        out.optional(media.watchedMillis());
    }

    private static void custom(EventData.Custom custom, BinaryWriter out) {
        out.text(custom.name());
        out.unsigned(custom.properties().size());
        custom.properties().forEach((name, value) -> {
            out.text(name);
            if (value instanceof String text) {
                out.unsigned(TEXT);
                out.text(text);
            } else if (value instanceof Long integer) {
                out.unsigned(INTEGER);
                out.signed(integer);
            } else if (value instanceof Double decimal) {
                out.unsigned(DECIMAL);
                out.decimal(decimal);
            } else {
                out.unsigned(FLAG);
                out.flag((Boolean) value);
            }
        });
    }

    private static Map<String, Object> properties(BinaryReader in) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            String name = in.required();
            properties.put(
                    name,
                    switch ((int) in.unsigned()) {
                        case TEXT -> in.required();
                        case INTEGER -> in.signed();
                        case DECIMAL -> in.decimal();
                        case FLAG -> in.flag();
                        default -> throw BinaryReader.damaged("a property of an unknown kind");
                    });
        }
        return properties;
    }
}

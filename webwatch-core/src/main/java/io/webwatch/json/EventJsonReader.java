package io.webwatch.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.Acquisition;
import io.webwatch.event.EventContext.Client;
import io.webwatch.event.EventContext.Location;
import io.webwatch.event.EventContext.Page;
import io.webwatch.event.EventData;
import io.webwatch.event.EventId;
import io.webwatch.event.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON form of an event back: the members may stand in any order, unknown ones are ignored. */
final class EventJsonReader {
    private final Map<?, ?> members;

    private EventJsonReader(Map<?, ?> members) {
        this.members = members;
    }

    /** The event of the object at whose start the parser stands. */
    static Event read(JsonParser in) throws IOException {
        if (!(value(in) instanceof Map<?, ?> members)) {
            throw new IOException("An event is a JSON object.");
        }
        try {
            return new EventJsonReader(members).event();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("An event has a wrong value: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    in.nextToken();
                    object.put(name, value(in));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(in));
                }
                yield array;
            }
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("An event has something unexpected at " + in.currentLocation() + ".");
        };
    }

    private Event event() throws IOException {
        String id = required("id");
        int dot = id.lastIndexOf('.');
        if (dot < 0) {
            throw new IOException("The id '" + id + "' has no sequence number.");
        }
        return new Event(
                new EventId(id.substring(0, dot), Long.parseLong(id.substring(dot + 1))),
                number("time"),
                number("time_ns"),
                context(),
                data());
    }

    private EventContext context() throws IOException {
        return new EventContext(
                required("site"),
                required("visitor"),
                required("session"),
                text("user"),
                new Page(
                        required("page_view"),
                        text("host"),
                        required("path"),
                        required("route"),
                        text("title"),
                        text("referrer")),
                new Acquisition(
                        required("channel"),
                        text("utm_source"),
                        text("utm_medium"),
                        text("utm_campaign"),
                        text("utm_term"),
                        text("utm_content")),
                new Client(
                        device(),
                        text("browser"),
                        text("browser_version"),
                        text("os"),
                        text("os_version"),
                        pixels("screen_width"),
                        pixels("screen_height"),
                        pixels("viewport_width"),
                        pixels("viewport_height"),
                        text("language"),
                        text("time_zone")),
                new Location(text("country"), text("region"), text("city")),
                text("bot"));
    }

    private EventData data() throws IOException {
        EventType type = EventType.byId(required("type"));
        if (type == null) {
            throw new IOException("There is no type of event '" + required("type") + "'.");
        }
        return switch (type) {
            case PAGE_VIEW -> new EventData.PageView(pageViewKind(), optional("load_ms"));
            case ENGAGEMENT ->
                new EventData.Engagement(
                        number("engaged_ms"), number("visible_ms"), number("idle_ms"), integer("scroll_depth"));
            case SESSION ->
                new EventData.Session(
                        required("state").equals("ended"),
                        number("duration_ms"),
                        number("engaged_ms"),
                        number("pages"),
                        number("events"),
                        text("entry"),
                        text("exit"),
                        flag("bounce"));
            case CLICK ->
                new EventData.Click(
                        required("element"),
                        text("tag"),
                        text("role"),
                        text("label"),
                        text("href"),
                        flag("outbound"),
                        optionalInteger("x"),
                        optionalInteger("y"),
                        box(),
                        flag("rage"),
                        flag("dead"));
            case MOUSE_MOVE ->
                new EventData.MouseMove(
                        integer("cell_px"),
                        optionalInteger("document_width"),
                        optionalInteger("document_height"),
                        flag("fixed"),
                        cells());
            case HOVER -> new EventData.Hover(required("element"), number("hover_ms"));
            case FORM_START, FORM_SUBMIT, FORM_ABANDON, FORM_INVALID ->
                new EventData.Form(type, required("form"), optional("duration_ms"), fields(), text("last_field"));
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
                        required("media"),
                        required("provider"),
                        optional("position_ms"),
                        optional("duration_ms"),
                        optionalInteger("percent"),
                        optional("watched_ms"));
            case DOWNLOAD -> new EventData.Download(required("url"), text("file"), text("extension"));
            case IMAGE_VIEW -> new EventData.ImageView(required("image"), optional("visible_ms"));
            case WEB_VITAL -> new EventData.WebVital(required("name"), decimal("value"), text("rating"));
            case ERROR -> new EventData.ScriptError(required("message"), text("source"), optional("line"));
            case CUSTOM -> new EventData.Custom(required("name"), properties());
        };
    }

    private EventData.@Nullable Box box() throws IOException {
        if (!(members.get("box") instanceof Map<?, ?> box)) {
            return null;
        }
        EventJsonReader in = new EventJsonReader(box);
        return new EventData.Box(in.integer("x"), in.integer("y"), in.integer("width"), in.integer("height"));
    }

    private List<EventData.Cell> cells() throws IOException {
        List<EventData.Cell> cells = new ArrayList<>();
        for (EventJsonReader in : objects("cells")) {
            cells.add(new EventData.Cell(in.integer("column"), in.integer("row"), in.number("dwell_ms")));
        }
        return cells;
    }

    private List<EventData.FormField> fields() throws IOException {
        List<EventData.FormField> fields = new ArrayList<>();
        for (EventJsonReader in : objects("fields")) {
            fields.add(new EventData.FormField(
                    in.required("name"), in.number("focuses"), in.number("ms"), in.number("changes")));
        }
        return fields;
    }

    private List<EventJsonReader> objects(String name) throws IOException {
        List<EventJsonReader> objects = new ArrayList<>();
        if (members.get(name) instanceof List<?> array) {
            for (Object element : array) {
                if (!(element instanceof Map<?, ?> object)) {
                    throw new IOException("'" + name + "' holds something that is no object.");
                }
                objects.add(new EventJsonReader(object));
            }
        }
        return objects;
    }

    private Map<String, Object> properties() throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (members.get("props") instanceof Map<?, ?> told) {
            for (Map.Entry<?, ?> entry : told.entrySet()) {
                if (entry.getValue() == null) {
                    throw new IOException("The property '" + entry.getKey() + "' is null.");
                }
                properties.put((String) entry.getKey(), entry.getValue());
            }
        }
        return properties;
    }

    private String required(String name) throws IOException {
        String text = text(name);
        if (text == null) {
            throw new IOException("An event lacks '" + name + "'.");
        }
        return text;
    }

    private @Nullable String text(String name) throws IOException {
        Object value = members.get(name);
        if (value != null && !(value instanceof String)) {
            throw new IOException("'" + name + "' is no text.");
        }
        return (String) value;
    }

    private long number(String name) throws IOException {
        Long value = optional(name);
        if (value == null) {
            throw new IOException("An event lacks '" + name + "'.");
        }
        return value;
    }

    private int integer(String name) throws IOException {
        return Math.toIntExact(number(name));
    }

    private int pixels(String name) throws IOException {
        return members.containsKey(name) ? integer(name) : 0;
    }

    private @Nullable Long optional(String name) throws IOException {
        Object value = members.get(name);
        if (value != null && !(value instanceof Long)) {
            throw new IOException("'" + name + "' is no whole number.");
        }
        return (Long) value;
    }

    private @Nullable Integer optionalInteger(String name) throws IOException {
        Long value = optional(name);
        return value == null ? null : Integer.valueOf(Math.toIntExact(value));
    }

    private double decimal(String name) throws IOException {
        if (members.get(name) instanceof Number value) {
            return value.doubleValue();
        }
        throw new IOException("An event lacks '" + name + "'.");
    }

    private boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    private EventContext.DeviceKind device() throws IOException {
        String id = required("device");
        EventContext.DeviceKind kind = EventContext.DeviceKind.byId(id);
        if (kind == null) {
            throw new IOException("Unknown kind of device '" + id + "'.");
        }
        return kind;
    }

    private EventData.PageViewKind pageViewKind() throws IOException {
        String id = required("kind");
        EventData.PageViewKind kind = EventData.PageViewKind.byId(id);
        if (kind == null) {
            throw new IOException("Unknown kind of page view '" + id + "'.");
        }
        return kind;
    }
}

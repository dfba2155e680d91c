package io.webwatch.enrich;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.webwatch.event.AttributeVisitor;
import io.webwatch.event.Attributed;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventContext.Acquisition;
import io.webwatch.event.EventContext.Client;
import io.webwatch.event.EventContext.DeviceKind;
import io.webwatch.event.EventContext.Location;
import io.webwatch.event.EventContext.Page;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of an open session: a flat object of texts. */
final class StateJson {
    private StateJson() {}

    /** Reads a flat object of scalars as texts; the parser stands at its start. */
    static Map<String, String> texts(JsonParser in) throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            texts.put(name, in.getText());
        }
        return texts;
    }

    static void write(JsonGenerator out, SessionState session) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        session.context.attributes(new Texts(texts));
        put(texts, "start", session.startMillis);
        put(texts, "start_ns", session.startNanos);
        put(texts, "last", session.lastMillis);
        put(texts, "seen", session.seenMillis);
        put(texts, "pages", session.pages);
        put(texts, "events", session.events);
        put(texts, "interactions", session.interactions);
        put(texts, "engaged", session.engagedMillis);
        out.writeStartObject();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            out.writeStringField(entry.getKey(), entry.getValue());
        }
        if (session.entry != null) {
            out.writeStringField("entry", session.entry);
        }
        if (session.exit != null) {
            out.writeStringField("exit", session.exit);
        }
        out.writeEndObject();
    }

    static SessionState session(Map<String, String> texts) {
        EventContext context = context(texts);
        SessionState session = new SessionState(
                context.visitor(), context.session(), number(texts, "start"), number(texts, "start_ns"), context);
        session.lastMillis = number(texts, "last");
        session.seenMillis = number(texts, "seen");
        session.toldMillis = session.seenMillis;
        session.pages = number(texts, "pages");
        session.events = number(texts, "events");
        session.interactions = number(texts, "interactions");
        session.engagedMillis = number(texts, "engaged");
        session.entry = texts.get("entry");
        session.exit = texts.get("exit");
        return session;
    }

    private static EventContext context(Map<String, String> texts) {
        return new EventContext(
                required(texts, "site"),
                required(texts, "visitor"),
                required(texts, "session"),
                texts.get("user"),
                new Page(
                        required(texts, "page_view"),
                        texts.get("host"),
                        required(texts, "path"),
                        required(texts, "route"),
                        texts.get("title"),
                        texts.get("referrer")),
                new Acquisition(
                        required(texts, "channel"),
                        texts.get("utm_source"),
                        texts.get("utm_medium"),
                        texts.get("utm_campaign"),
                        texts.get("utm_term"),
                        texts.get("utm_content")),
                new Client(
                        DeviceKind.valueOf(required(texts, "device").toUpperCase(Locale.ROOT)),
                        texts.get("browser"),
                        texts.get("browser_version"),
                        texts.get("os"),
                        texts.get("os_version"),
                        (int) number(texts, "screen_width"),
                        (int) number(texts, "screen_height"),
                        (int) number(texts, "viewport_width"),
                        (int) number(texts, "viewport_height"),
                        texts.get("language"),
                        texts.get("time_zone")),
                new Location(texts.get("country"), texts.get("region"), texts.get("city")),
                texts.get("bot"));
    }

    private static void put(Map<String, String> texts, String name, long value) {
        texts.put(name, Long.toString(value));
    }

    private static long number(Map<String, String> texts, String name) {
        String text = texts.get(name);
        return text == null ? 0 : Long.parseLong(text);
    }

    private static String required(Map<String, String> texts, String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("A stored session lacks " + name + ".");
        }
        return text;
    }

    /** Collects attributes as texts; the context has scalars only. */
    private record Texts(Map<String, String> texts) implements AttributeVisitor {
        @Override
        public void text(String name, @Nullable String value) {
            if (value != null) {
                texts.put(name, value);
            }
        }

        @Override
        public void integer(String name, @Nullable Long value) {
            text(name, value == null ? null : value.toString());
        }

        @Override
        public void decimal(String name, @Nullable Double value) {
            text(name, value == null ? null : value.toString());
        }

        @Override
        public void flag(String name, boolean value) {
            text(name, Boolean.toString(value));
        }

        @Override
        public void object(String name, @Nullable Attributed value) {}

        @Override
        public void list(String name, List<? extends Attributed> values) {}
    }
}

package io.webwatch.json;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.AttributeWriter;
import io.webwatch.event.Attributed;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes many events as the {@linkplain EventJson JSON of an event}. Consecutive events usually share a page view, so the
 * JSON of its context and id is kept and copied. Not thread-safe; use one for each thread.
 */
public final class EventEncoder {
    private static final Fragment ID = new Fragment("{\"id\":");
    private static final Fragment TIME_NANOS = new Fragment(",\"time_ns\":");
    private static final Fragment[] TYPES = Stream.of(EventType.values())
            .map(type -> new Fragment("\",\"type\":\"" + type.id() + "\",\"time\":"))
            .toArray(Fragment[]::new);

    private final JsonBuffer out = new JsonBuffer();
    private final MemberNames names = new MemberNames(out);
    private final Writer writer = new Writer();
    private @Nullable String lastPageView;
    private Fragment lastPageViewJson = TIME_NANOS; // any, because there is no page view yet
    private @Nullable EventContext lastContext;
    private byte[] lastContextJson = new byte[0];

    /** Returns an event as one JSON object in UTF-8. */
    public byte[] encode(Event event) {
        out.clear();
        writeIdentity(event);
        writeContext(event.context());
        event.data().writeTo(writer);
        return end();
    }

    /** Returns attributes as one JSON object in UTF-8. */
    public byte[] encode(Attributed attributed) {
        out.clear();
        out.put('{');
        attributed.writeTo(writer);
        return end();
    }

    private byte[] end() {
        out.close('}');
        byte[] json = out.copy(0, out.size());
        out.clear();
        return json;
    }

    /** Writes the brace and the attributes that {@link Event#writeTo} writes before the context. */
    private void writeIdentity(Event event) {
        String pageView = event.id().pageView();
        if (pageView != lastPageView) { // events of a page view share the string
            lastPageViewJson = startOf(pageView);
            lastPageView = pageView;
        }
        out.raw(lastPageViewJson);
        out.put('.');
        out.digits(event.id().sequence());
        out.raw(TYPES[event.type().ordinal()]);
        out.digits(event.timeMillis());
        out.raw(TIME_NANOS);
        out.integer(event.timeNanos());
    }

    /** Returns the JSON of the id up to the sequence number. The buffer is empty before and after. */
    private Fragment startOf(String pageView) {
        out.raw(ID);
        out.text(pageView);
        byte[] json = out.copy(0, out.size() - 2); // without the closing quote and the comma
        out.clear();
        return new Fragment(json);
    }

    private void writeContext(EventContext context) {
        if (context == lastContext) {
            out.raw(lastContextJson);
            return;
        }
        int start = out.size();
        context.writeTo(writer);
        lastContext = context;
        lastContextJson = out.copy(start, out.size());
    }

    /** Writes attributes as members of the current object. */
    private final class Writer implements AttributeWriter {
        @Override
        public void text(String name, @Nullable String value) {
            if (value != null) {
                out.raw(names.json(name));
                out.text(value);
            }
        }

        @Override
        public void integer(String name, @Nullable Long value) {
            if (value != null) {
                integer(name, value.longValue());
            }
        }

        @Override
        public void integer(String name, long value) {
            out.raw(names.json(name));
            out.integer(value);
        }

        @Override
        public void decimal(String name, double value) {
            if (Double.isFinite(value)) {
                out.raw(names.json(name));
                out.decimal(value);
            }
        }

        @Override
        public void flag(String name, boolean value) {
            out.raw(names.json(name));
            out.flag(value);
        }

        @Override
        public void object(String name, @Nullable Attributed value) {
            if (value != null) {
                out.raw(names.json(name));
                nested(value);
            }
        }

        @Override
        public void list(String name, List<? extends Attributed> values) {
            out.raw(names.json(name));
            out.put('[');
            for (int i = 0; i < values.size(); i++) { // without an iterator
                nested(values.get(i));
            }
            out.close(']');
            out.put(',');
        }

        private void nested(Attributed value) {
            out.put('{');
            value.writeTo(this);
            out.close('}');
            out.put(',');
        }
    }
}

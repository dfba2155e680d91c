package io.webwatch.json;

import io.webwatch.bytes.Digits;
import io.webwatch.bytes.Fragment;
import io.webwatch.bytes.Utf8;
import io.webwatch.event.AttributeVisitor;
import io.webwatch.event.Attributed;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@linkplain EventJson JSON form} of many events straight to bytes. What events of one page view share is
 * written once and copied while they follow one another, which they mostly do. Not thread-safe; keep one for each thread
 * that writes many.
 */
public final class EventEncoder {
    private static final int FIRST_BYTES = 1024;
    private static final int KEPT_BYTES = 64 << 10;
    private static final int NAMES = 256; // a power of two; a few times as many as there are but for custom ones
    private static final int PROBES = 4;
    private static final int QUOTES = 2;
    private static final int MOST_ESCAPED = 6;
    private static final boolean[] PLAIN = new boolean[0x80];
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final Fragment ID = new Fragment("{\"id\":");
    private static final Fragment TRUE = new Fragment("true,");
    private static final Fragment FALSE = new Fragment("false,");
    private static final Fragment TIME_NANOS = new Fragment(",\"time_ns\":");
    private static final Fragment[] TYPES = Stream.of(EventType.values())
            .map(type -> new Fragment("\",\"type\":\"" + type.id() + "\",\"time\":"))
            .toArray(Fragment[]::new);

    static {
        for (int i = ' '; i < PLAIN.length; i++) {
            PLAIN[i] = i != '"' && i != '\\';
        }
    }

    private final @Nullable Name[] names = new Name[NAMES];
    private final Writer writer = new Writer();
    private byte[] out = new byte[FIRST_BYTES];
    private int length;
    private @Nullable String lastPageView;
    private Fragment lastPageViewJson = TRUE;
    private @Nullable EventContext lastContext;
    private byte[] lastContextJson = new byte[0];

    /** A name with quotes and colon. */
    private record Name(String text, Fragment json) {}

    /** An event as one JSON object in UTF-8. */
    public byte[] encode(Event event) {
        length = 0;
        identity(event);
        context(event.context());
        event.data().attributes(writer);
        return end();
    }

    /** Attributes alone as one JSON object in UTF-8. */
    public byte[] encode(Attributed attributed) {
        length = 0;
        put('{');
        attributed.attributes(writer);
        return end();
    }

    private byte[] end() {
        close('}');
        byte[] json = Arrays.copyOf(out, length);
        if (out.length > KEPT_BYTES) {
            out = new byte[FIRST_BYTES]; // one huge event is no reason to keep its room
        }
        return json;
    }

    /** Every member and element is written with a comma after it; that of the last one is taken back. */
    private void close(char bracket) {
        if (out[length - 1] == ',') {
            out[length - 1] = (byte) bracket;
        } else {
            put(bracket);
        }
    }

    /** What {@link Event#identity} tells. */
    private void identity(Event event) {
        String pageView = event.id().pageView();
        if (pageView != lastPageView) { // another text of the same letters is written again
            room(ID.room());
            length = ID.copy(out, length);
            quoted(pageView);
            lastPageViewJson = new Fragment(Arrays.copyOf(out, length - 1)); // without its closing quote
            lastPageView = pageView;
            length = 0;
        }
        Fragment type = TYPES[event.type().ordinal()];
        room(lastPageViewJson.room() + type.room() + TIME_NANOS.room() + 3 * Digits.ROOM + 2);
        byte[] target = out;
        int at = lastPageViewJson.copy(target, length);
        target[at++] = '.';
        at = type.copy(target, Digits.put(event.id().sequence(), target, at));
        at = TIME_NANOS.copy(target, Digits.put(event.timeMillis(), target, at));
        at = Digits.put(event.timeNanos(), target, at);
        target[at++] = ',';
        length = at;
    }

    private void context(EventContext context) {
        if (context == lastContext) {
            room(lastContextJson.length);
            System.arraycopy(lastContextJson, 0, out, length, lastContextJson.length);
            length += lastContextJson.length;
            return;
        }
        int start = length;
        context.attributes(writer);
        lastContext = context;
        lastContextJson = Arrays.copyOfRange(out, start, length);
    }

    /** Writes a member's name, and has room for so many bytes behind it. */
    private void name(String text, int room) {
        Fragment json = json(text);
        room(json.room() + room);
        length = json.copy(out, length);
    }

    private Fragment json(String text) {
        int slot = text.hashCode() & NAMES - 1;
        for (int i = 0; i < PROBES; i++) {
            Name known = names[slot + i & NAMES - 1];
            if (known == null) {
                return remembered(text, slot + i & NAMES - 1);
            }
            if (known.text == text || known.text.equals(text)) {
                return known.json;
            }
        }
        return remembered(text, slot); // in the place of another: custom properties can have any name
    }

    private Fragment remembered(String text, int slot) {
        int start = length;
        quoted(text);
        put(':');
        Fragment json = new Fragment(Arrays.copyOfRange(out, start, length));
        length = start;
        names[slot] = new Name(text, json);
        return json;
    }

    private void quoted(String text) {
        room(QUOTES + MOST_ESCAPED * text.length());
        length = quoted(text, out, length);
    }

    private static int quoted(String text, byte[] target, int start) {
        int units = text.length();
        target[start] = '"';
        int at = start + 1;
        for (int i = 0; i < units; i++) { // nearly always all of it
            char unit = text.charAt(i);
            if (unit >= PLAIN.length || !PLAIN[unit]) {
                at = escaped(text, i, target, at + i);
                target[at] = '"';
                return at + 1;
            }
            target[at + i] = (byte) unit;
        }
        target[at + units] = '"';
        return at + units + 1;
    }

    private static int escaped(String text, int from, byte[] target, int start) {
        int at = start;
        for (int i = from; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= PLAIN.length) {
                at = Utf8.put(text, i, target, at);
                i += Utf8.isPair(text, i) ? 1 : 0;
            } else if (PLAIN[unit]) {
                target[at++] = (byte) unit;
            } else {
                at = escape(unit, target, at);
            }
        }
        return at;
    }

    private static int escape(char unit, byte[] target, int at) {
        target[at] = '\\';
        char letter = switch (unit) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            case '"', '\\' -> unit;
            default -> 'u';
        };
        target[at + 1] = (byte) letter;
        if (letter != 'u') {
            return at + 2;
        }
        target[at + 2] = '0';
        target[at + 3] = '0';
        target[at + 4] = HEX[unit >> 4];
        target[at + 5] = HEX[unit & 0xF];
        return at + MOST_ESCAPED;
    }

    private void put(char ascii) {
        room(1);
        out[length++] = (byte) ascii;
    }

    private void room(int bytes) {
        if (length + bytes > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + bytes));
        }
    }

    /** Writes attributes as members of the object that is open. */
    private final class Writer implements AttributeVisitor {
        @Override
        public void text(String name, @Nullable String value) {
            if (value != null) {
                name(name, QUOTES + MOST_ESCAPED * value.length() + 1);
                int at = quoted(value, out, length);
                out[at] = ',';
                length = at + 1;
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
            name(name, Digits.ROOM + 1);
            int at = Digits.put(value, out, length);
            out[at] = ',';
            length = at + 1;
        }

        @Override
        public void decimal(String name, @Nullable Double value) {
            if (value != null && Double.isFinite(value)) {
                byte[] digits = (value + ",").getBytes(StandardCharsets.US_ASCII);
                name(name, digits.length);
                System.arraycopy(digits, 0, out, length, digits.length);
                length += digits.length;
            }
        }

        @Override
        public void flag(String name, boolean value) {
            Fragment json = value ? TRUE : FALSE;
            name(name, json.room());
            length = json.copy(out, length);
        }

        @Override
        public void object(String name, @Nullable Attributed value) {
            if (value != null) {
                name(name, 0);
                nested(value);
            }
        }

        @Override
        public void list(String name, List<? extends Attributed> values) {
            name(name, 1);
            out[length++] = '[';
            for (int i = 0; i < values.size(); i++) {
                nested(values.get(i));
            }
            close(']');
            put(',');
        }

        private void nested(Attributed value) {
            put('{');
            value.attributes(this);
            close('}');
            put(',');
        }
    }
}

package io.webwatch.codec;

import io.webwatch.event.AttributeVisitor;
import io.webwatch.event.Attributed;
import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@linkplain EventJson JSON form} of many events straight to bytes. What events of one page view share is
 * written once and copied while they follow one another, which they mostly do. Not thread-safe; keep one for each thread
 * that writes many.
 */
public final class EventEncoder {
    private static final int KEPT_BYTES = 64 << 10;
    private static final int MOST_NAMES = 512;
    private static final int MOST_DIGITS = 20;
    private static final byte[] TENS = digits(true);
    private static final byte[] ONES = digits(false);
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Name> names = new HashMap<>();
    private final byte[] digits = new byte[MOST_DIGITS];
    private final Writer writer = new Writer();
    private byte[] out = new byte[1024];
    private int length;
    private boolean isFirst;
    private Name lastName = new Name("", new byte[0]);
    private @Nullable EventContext lastContext;
    private byte[] lastContextJson = new byte[0];

    /** A name with comma, quotes and colon. Names mostly follow one another in the same order, so each knows the one behind it. */
    private static final class Name {
        final String text;
        final byte[] json;

        @Nullable
        Name next;

        Name(String text, byte[] json) {
            this.text = text;
            this.json = json;
        }
    }

    private static byte[] digits(boolean tens) {
        byte[] digits = new byte[100];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) ('0' + (tens ? i / 10 : i % 10));
        }
        return digits;
    }

    /** An event as one JSON object in UTF-8. */
    public byte[] encode(Event event) {
        begin();
        event.identity(writer);
        context(event.context());
        event.data().attributes(writer);
        return end();
    }

    /** Attributes alone as one JSON object in UTF-8. */
    byte[] encode(Attributed attributed) {
        begin();
        attributed.attributes(writer);
        return end();
    }

    private void begin() {
        length = 0;
        put('{');
        isFirst = true;
    }

    private byte[] end() {
        put('}');
        byte[] json = Arrays.copyOf(out, length);
        if (out.length > KEPT_BYTES) {
            out = new byte[1024]; // one huge event is no reason to keep its room
        }
        return json;
    }

    private void context(EventContext context) {
        if (context == lastContext) {
            put(lastContextJson);
            return;
        }
        int start = length;
        context.attributes(writer);
        lastContext = context;
        lastContextJson = Arrays.copyOfRange(out, start, length);
    }

    private void name(String text) {
        Name name = lastName.next;
        if (name == null || name.text != text) { // another text of the same letters is looked up
            name = lookUp(text);
            lastName.next = name;
        }
        lastName = name;
        int from = isFirst ? 1 : 0; // the first has no comma before it
        isFirst = false;
        int bytes = name.json.length - from;
        room(bytes);
        System.arraycopy(name.json, from, out, length, bytes);
        length += bytes;
    }

    private Name lookUp(String text) {
        Name known = names.get(text);
        if (known != null) {
            return known;
        }
        int start = length;
        put(',');
        quoted(text);
        put(':');
        Name name = new Name(text, Arrays.copyOfRange(out, start, length));
        length = start;
        if (names.size() < MOST_NAMES) { // custom properties can have any name
            names.put(text, name);
        }
        return name;
    }

    private void quoted(String text) {
        int units = text.length();
        room(6 * units + 2); // each may become an escape
        byte[] target = out;
        int at = length;
        target[at++] = '"';
        for (int i = 0; i < units; i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                at = utf8(text, i, at);
                i += Character.isHighSurrogate(unit) && isPair(text, i) ? 1 : 0;
            } else if (unit < ' ' || unit == '"' || unit == '\\') {
                at = escape(unit, at);
            } else {
                target[at++] = (byte) unit;
            }
        }
        target[at++] = '"';
        length = at;
    }

    private int escape(char unit, int at) {
        out[at] = '\\';
        char letter = switch (unit) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            case '"', '\\' -> unit;
            default -> 'u';
        };
        out[at + 1] = (byte) letter;
        if (letter != 'u') {
            return at + 2;
        }
        out[at + 2] = '0';
        out[at + 3] = '0';
        out[at + 4] = HEX[unit >> 4];
        out[at + 5] = HEX[unit & 0xF];
        return at + 6;
    }

    /** Writes the character that begins there; a surrogate without its partner becomes U+FFFD. */
    private int utf8(String text, int i, int at) {
        char unit = text.charAt(i);
        if (Character.isSurrogate(unit)) {
            if (isPair(text, i)) {
                int codePoint = Character.toCodePoint(unit, text.charAt(i + 1));
                out[at] = (byte) (0xF0 | codePoint >> 18);
                out[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
                out[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
                out[at + 3] = (byte) (0x80 | codePoint & 0x3F);
                return at + 4;
            }
            unit = '\uFFFD';
        }
        if (unit < 0x800) {
            out[at] = (byte) (0xC0 | unit >> 6);
            out[at + 1] = (byte) (0x80 | unit & 0x3F);
            return at + 2;
        }
        out[at] = (byte) (0xE0 | unit >> 12);
        out[at + 1] = (byte) (0x80 | unit >> 6 & 0x3F);
        out[at + 2] = (byte) (0x80 | unit & 0x3F);
        return at + 3;
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private void number(long value) {
        room(MOST_DIGITS);
        if (value == Long.MIN_VALUE) { // it has no positive twin
            put(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (value < 0) {
            out[length++] = '-';
        }
        int at = MOST_DIGITS;
        long high = Math.abs(value);
        while (high > Integer.MAX_VALUE) {
            long rest = high / 100;
            at = pair((int) (high - rest * 100), at);
            high = rest;
        }
        int low = (int) high;
        while (low >= 100) {
            int rest = low / 100;
            at = pair(low - rest * 100, at);
            low = rest;
        }
        if (low >= 10) {
            at = pair(low, at);
        } else {
            digits[--at] = ONES[low];
        }
        System.arraycopy(digits, at, out, length, MOST_DIGITS - at);
        length += MOST_DIGITS - at;
    }

    private int pair(int belowHundred, int at) {
        digits[at - 1] = ONES[belowHundred];
        digits[at - 2] = TENS[belowHundred];
        return at - 2;
    }

    private void put(char ascii) {
        room(1);
        out[length++] = (byte) ascii;
    }

    private void put(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, out, length, bytes.length);
        length += bytes.length;
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
                name(name);
                quoted(value);
            }
        }

        @Override
        public void integer(String name, @Nullable Long value) {
            if (value != null) {
                name(name);
                number(value);
            }
        }

        @Override
        public void integer(String name, long value) {
            name(name);
            number(value);
        }

        @Override
        public void decimal(String name, @Nullable Double value) {
            if (value != null && Double.isFinite(value)) {
                name(name);
                put(value.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void flag(String name, boolean value) {
            name(name);
            put(value ? TRUE : FALSE);
        }

        @Override
        public void object(String name, @Nullable Attributed value) {
            if (value != null) {
                name(name);
                nested(value);
            }
        }

        @Override
        public void list(String name, List<? extends Attributed> values) {
            name(name);
            put('[');
            for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                    put(',');
                }
                nested(values.get(i));
            }
            put(']');
        }

        private void nested(Attributed value) {
            put('{');
            isFirst = true;
            value.attributes(this);
            isFirst = false;
            put('}');
        }
    }
}

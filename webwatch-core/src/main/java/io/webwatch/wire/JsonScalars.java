package io.webwatch.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads JSON strings and literals. Strings are cut while they are read. */
abstract class JsonScalars extends JsonNumbers {
    private final TextCache texts;
    private @Nullable EscapedText escaped;

    JsonScalars(byte[] in, int offset, int length, TextCache texts) {
        super(in, offset, length);
        this.texts = texts;
    }

    /** Reads a string, cut at a limit of UTF-16 units but never inside a surrogate pair. */
    final String text(int limit) throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            return escapedText(from, limit);
        }
        pos = to + 1;
        return shared(from, Math.min(to, from + limit));
    }

    /** Reads like {@link #text}, but without the cache, for strings that are not repeated. */
    final String uniqueText(int limit) throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            return escaped().read(limit);
        }
        pos = to + 1;
        return latin(from, Math.min(to, from + limit));
    }

    private String escapedText(int from, int limit) throws MalformedBatchException {
        int to = rawEnd(from);
        String known = to < 0 ? null : texts.find(in, from, to);
        if (known != null && known.length() <= limit) {
            pos = to + 1;
            return known;
        }
        pos = from;
        EscapedText reader = escaped();
        String text = reader.read(limit);
        if (!reader.wasCut()) {
            texts.remember(in, from, pos - 1, text);
        }
        return text;
    }

    /** Returns the index of the closing quote of any string, or -1 if it is far away or missing. */
    private int rawEnd(int from) {
        int limit = Math.min(end, from + TextCache.MAX_LENGTH + 1);
        for (int i = from; i < limit; i++) {
            if (in[i] == '"') {
                return i;
            }
            if (in[i] == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** Returns the cached string of ASCII bytes. */
    final String shared(int from, int to) {
        String known = texts.find(in, from, to);
        if (known != null) {
            return known;
        }
        String text = latin(from, to);
        texts.remember(in, from, to, text);
        return text;
    }

    /**
     * Consumes a string if it is plain ASCII without escapes, so that its bytes follow an earlier {@link #mark}.
     *
     * @return its length, or -1 if it is not plain ASCII and nothing was consumed
     */
    final int plainText() {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            return -1;
        }
        pos = to + 1;
        return to - from;
    }

    /** Returns the index of the closing quote, or -1 if the string is not plain ASCII or does not end. */
    final int asciiEnd(int from) {
        byte[] bytes = in;
        int limit = end;
        for (int i = from; i < limit; i++) {
            byte b = bytes[i];
            if (b == '"') {
                return i;
            }
            if (b < ' ' || b == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /** Returns the string of ASCII bytes. */
    final String latin(int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Returns the reader of strings that are not plain ASCII. */
    final EscapedText escaped() {
        EscapedText reader = escaped;
        if (reader == null) {
            reader = new EscapedText(this);
            escaped = reader;
        }
        return reader;
    }

    /** Checks and skips a string. */
    final void skipText() throws MalformedBatchException {
        int from = pos + 1;
        int to = asciiEnd(from);
        if (to < 0) {
            pos = from;
            escaped().read(0);
        } else {
            pos = to + 1;
        }
    }

    /** Consumes {@code null} if it is next. */
    final boolean nullLiteral() throws MalformedBatchException {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /** Consumes a literal whose first letter {@link #peek} returned. */
    final void literal(String literal) throws MalformedBatchException {
        for (int i = 0; i < literal.length(); i++) {
            if (pos + i >= end || in[pos + i] != literal.charAt(i)) {
                throw unexpected("a value");
            }
        }
        pos += literal.length();
    }
}

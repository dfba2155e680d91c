package io.webwatch.json;

import io.webwatch.bytes.Fragment;
import org.jspecify.annotations.Nullable;

/** Caches the JSON of member names, with quotes and colon. Bounded, because custom events can have any name. */
final class MemberNames {
    private static final int SLOTS = 256; // a power of two; several times the number of WebWatch's own names
    private static final int PROBES = 4;

    private record Name(String text, Fragment json) {}

    private final @Nullable Name[] names = new Name[SLOTS];
    private final JsonBuffer buffer;

    MemberNames(JsonBuffer buffer) {
        this.buffer = buffer;
    }

    Fragment json(String text) {
        int slot = text.hashCode() & SLOTS - 1;
        for (int i = 0; i < PROBES; i++) {
            Name known = names[slot + i & SLOTS - 1];
            if (known == null) {
                return add(text, slot + i & SLOTS - 1);
            }
            if (known.text == text || known.text.equals(text)) {
                return known.json;
            }
        }
        return add(text, slot);
    }

    private Fragment add(String text, int slot) {
        Fragment json = buffer.memberName(text);
        names[slot] = new Name(text, json);
        return json;
    }
}

package io.webwatch.json;

import io.webwatch.bytes.Fragment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Caches the JSON of member names, with quotes and colon. Bounded, because custom events can have any name. */
final class MemberNames {
    private static final int SLOTS = 256; // a power of two; several times the number of WebWatch's own names
    private static final int PROBES = 4;

    private final @Nullable Name[] names = new Name[SLOTS];

    private record Name(String text, Fragment json) {}

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
        byte[] quoted = JsonBuffer.quoted(text);
        byte[] member = Arrays.copyOf(quoted, quoted.length + 1);
        member[quoted.length] = ':';
        Fragment json = new Fragment(member);
        names[slot] = new Name(text, json);
        return json;
    }
}

package io.webwatch.wire;

import io.webwatch.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the type with the name in the bytes of a body, without creating a String. */
final class TypeTable {
    private static final int SLOTS = 128;
    private static final byte[][] NAMES = new byte[SLOTS][];
    private static final EventType[] TYPES = new EventType[SLOTS];

    static {
        for (EventType type : EventType.values()) {
            byte[] name = type.id().getBytes(StandardCharsets.US_ASCII);
            int slot = slot(name, 0, name.length);
            while (NAMES[slot] != null) {
                slot = slot + 1 & SLOTS - 1;
            }
            NAMES[slot] = name;
            TYPES[slot] = type;
        }
    }

    private TypeTable() {}

    static @Nullable EventType find(byte[] in, int from, int length) {
        if (length == 0) {
            return null;
        }
        for (int slot = slot(in, from, length); NAMES[slot] != null; slot = slot + 1 & SLOTS - 1) {
            byte[] name = NAMES[slot];
            if (Arrays.equals(name, 0, name.length, in, from, from + length)) {
                return TYPES[slot];
            }
        }
        return null;
    }

    private static int slot(byte[] in, int from, int length) {
        return in[from] * 31 + in[from + length - 1] * 7 + in[from + (length >> 1)] * 3 + length & SLOTS - 1;
    }
}

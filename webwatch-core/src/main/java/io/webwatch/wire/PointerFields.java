package io.webwatch.wire;

import io.webwatch.event.Click;
import io.webwatch.event.EventData;
import io.webwatch.event.Hover;
import io.webwatch.event.MouseMove;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads events of the pointer. */
final class PointerFields {
    private PointerFields() {}

    static final class ClickFields extends EventFields {
        private static final int BOX_SIDES = 4;

        private @Nullable String element;
        private @Nullable String tag;
        private @Nullable String role;
        private @Nullable String label;
        private @Nullable String href;
        private Click.@Nullable Box box;
        private boolean outbound;
        private boolean rage;
        private boolean dead;
        private long x = ABSENT;
        private long y = ABSENT;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.EL -> element = text(in, TextLimits.ELEMENT);
                case WireKeys.TG -> tag = text(in, TextLimits.TAG);
                case WireKeys.RO -> role = text(in, TextLimits.ROLE);
                case WireKeys.LB -> label = text(in, TextLimits.LABEL);
                case WireKeys.HR -> href = text(in, TextLimits.URL);
                case WireKeys.OU -> outbound = flag(in);
                case WireKeys.X -> x = integer(in, 0, 1000);
                case WireKeys.Y -> y = integer(in, 0, 1000);
                case WireKeys.BX -> box = box(in);
                case WireKeys.RG -> rage = flag(in);
                case WireKeys.DD -> dead = flag(in);
                default -> in.skipValue();
            }
        }

        private Click.@Nullable Box box(JsonCursor in) throws MalformedBatchException {
            if (in.peek() != '[') {
                wrong(in);
                return null;
            }
            long[] sides = {ABSENT, ABSENT, ABSENT, ABSENT};
            int count = 0;
            in.openArray();
            for (boolean more = in.firstItem(); more; more = in.nextItem()) {
                if (count < BOX_SIDES) {
                    sides[count] = integer(in, count < 2 ? Integer.MIN_VALUE : 0, Integer.MAX_VALUE);
                } else {
                    in.skipValue();
                }
                count++;
            }
            if (count != BOX_SIDES
                    || sides[0] == ABSENT
                    || sides[1] == ABSENT
                    || sides[2] == ABSENT
                    || sides[3] == ABSENT) {
                invalid();
                return null;
            }
            return new Click.Box((int) sides[0], (int) sides[1], (int) sides[2], (int) sides[3]);
        }

        @Override
        @Nullable
        EventData data() {
            return element == null
                    ? null
                    : new Click(element, tag, role, label, href, outbound, boxedInt(x), boxedInt(y), box, rage, dead);
        }
    }

    static final class MouseMoveFields extends EventFields {
        private static final int DEFAULT_CELL = 32;
        private static final int MAX_CELL = 65_535;

        private long cellPixels = ABSENT;
        private long documentWidth = ABSENT;
        private long documentHeight = ABSENT;
        private boolean fixed;
        private @Nullable List<MouseMove.Cell> cells;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.G -> cells = cells(in);
                case WireKeys.DW -> documentWidth = integer(in, 0, Integer.MAX_VALUE);
                case WireKeys.DH -> documentHeight = integer(in, 0, Integer.MAX_VALUE);
                case WireKeys.C -> cellPixels = integer(in, 1, MAX_CELL);
                case WireKeys.F -> fixed = flag(in);
                default -> in.skipValue();
            }
        }

        private @Nullable List<MouseMove.Cell> cells(JsonCursor in) throws MalformedBatchException {
            if (in.peek() != '"') {
                wrong(in);
                return null;
            }
            byte[] chain = in.bytes();
            int from = in.mark() + 1;
            int length = in.plainText();
            if (length < 0) {
                // one more than allowed, so that a string that is cut is recognised as too long
                chain = in.text(TextLimits.CELLS + 1).getBytes(StandardCharsets.UTF_8);
                from = 0;
                length = chain.length;
            }
            if (length == 0) {
                return null;
            }
            List<MouseMove.Cell> decoded =
                    length > TextLimits.CELLS ? null : CellCodec.decode(chain, from, from + length);
            if (decoded == null) {
                invalid();
            }
            return decoded;
        }

        @Override
        @Nullable
        EventData data() {
            return cells == null
                    ? null
                    : new MouseMove(
                            (int) orElse(cellPixels, DEFAULT_CELL),
                            boxedInt(documentWidth),
                            boxedInt(documentHeight),
                            fixed,
                            cells);
        }
    }

    static final class HoverFields extends EventFields {
        private @Nullable String element;
        private long millis = ABSENT;

        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            switch (key) {
                case WireKeys.EL -> element = text(in, TextLimits.ELEMENT);
                case WireKeys.MS -> millis = integer(in);
                default -> in.skipValue();
            }
        }

        @Override
        @Nullable
        EventData data() {
            return element == null || millis == ABSENT ? null : new Hover(element, millis);
        }
    }
}

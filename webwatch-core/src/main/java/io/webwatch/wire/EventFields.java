package io.webwatch.wire;

import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Collects the keys of one event of one family and makes its data. A value of a wrong type or out of range is skipped
 * and leaves the event invalid; a later copy of a key replaces an earlier one. {@code null} and an empty text count as
 * absent.
 */
abstract class EventFields {
    /** No value was given. */
    static final long ABSENT = Long.MIN_VALUE;
    /** The largest integer that JavaScript holds exactly. */
    static final long MAX_INTEGER = (1L << 53) - 1;

    private boolean invalid;

    /** Reads or skips the value of a key. */
    abstract void read(int key, JsonCursor in) throws MalformedBatchException;

    /** The data, or null when something required is absent. */
    abstract @Nullable EventData data();

    /** The collector for a type. */
    static EventFields of(EventType type) {
        return switch (type) {
            case PAGE_VIEW -> new PageFields.PageView();
            case ENGAGEMENT -> new PageFields.Engagement();
            case CLICK -> new PointerFields.Click();
            case MOUSE_MOVE -> new PointerFields.MouseMove();
            case HOVER -> new PointerFields.Hover();
            case FORM_START, FORM_SUBMIT, FORM_ABANDON, FORM_INVALID -> new FormFields(type);
            case VIDEO_PLAY,
                    VIDEO_PAUSE,
                    VIDEO_PROGRESS,
                    VIDEO_COMPLETE,
                    AUDIO_PLAY,
                    AUDIO_PAUSE,
                    AUDIO_PROGRESS,
                    AUDIO_COMPLETE -> new MediaFields.Media(type);
            case DOWNLOAD -> new MediaFields.Download();
            case IMAGE_VIEW -> new MediaFields.ImageView();
            case WEB_VITAL -> new PageFields.WebVital();
            case ERROR -> new PageFields.ScriptError();
            case CUSTOM -> new CustomFields.Named();
            case SESSION -> new Refused();
        };
    }

    final boolean isInvalid() {
        return invalid;
    }

    final void invalid() {
        invalid = true;
    }

    /** Skips a value that is not of the type wanted. */
    final void wrong(JsonCursor in) throws MalformedBatchException {
        if (!in.nullLiteral()) {
            invalid = true;
            in.skipValue();
        }
    }

    final @Nullable String text(JsonCursor in, int limit) throws MalformedBatchException {
        if (in.peek() == '"') {
            String text = in.text(limit);
            return text.isEmpty() ? null : text;
        }
        wrong(in);
        return null;
    }

    /** An integer from 0 to 2^53 - 1. */
    final long integer(JsonCursor in) throws MalformedBatchException {
        return integer(in, 0, MAX_INTEGER);
    }

    /** An integer within bounds, a fraction rounded; {@link #ABSENT} for null and for what is wrong. */
    final long integer(JsonCursor in, long min, long max) throws MalformedBatchException {
        if (!JsonCursor.beginsNumber(in.peek())) {
            wrong(in);
            return ABSENT;
        }
        long value = in.number() ? in.longValue() : rounded(in.doubleValue());
        if (value < min || value > max) {
            invalid = true;
            return ABSENT;
        }
        return value;
    }

    /** Half up; what no integer of the protocol can be becomes {@link Long#MAX_VALUE}. */
    static long rounded(double value) {
        return Math.abs(value) <= MAX_INTEGER ? Math.round(value) : Long.MAX_VALUE;
    }

    /** {@code true}, {@code false}, 1 or 0. */
    final boolean flag(JsonCursor in) throws MalformedBatchException {
        int next = in.peek();
        if (next == 't') {
            in.literal("true");
            return true;
        }
        if (next == 'f') {
            in.literal("false");
            return false;
        }
        if (JsonCursor.beginsNumber(next)) {
            double value = in.number() ? in.longValue() : in.doubleValue();
            if (value != 0 && value != 1) {
                invalid = true;
            }
            return value == 1;
        }
        wrong(in);
        return false;
    }

    static @Nullable Long boxed(long value) {
        return value == ABSENT ? null : (Long) value;
    }

    static @Nullable Integer boxedInt(long value) {
        return value == ABSENT ? null : (Integer) (int) value;
    }

    static long orElse(long value, long absent) {
        return value == ABSENT ? absent : value;
    }

    /** Of a type that no client may send. */
    private static final class Refused extends EventFields {
        @Override
        void read(int key, JsonCursor in) throws MalformedBatchException {
            in.skipValue();
        }

        @Override
        @Nullable
        EventData data() {
            return null;
        }
    }
}

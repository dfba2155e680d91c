package io.webwatch.wire;

import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of an event and creates its data; there is a subclass for each group of types. A value of a wrong type or
 * out of range is skipped and makes the event invalid. A repeated key replaces the earlier value. {@code null} and an empty
 * string count as absent.
 */
abstract class EventFields {
    /** Means that there is no value. */
    static final long ABSENT = Long.MIN_VALUE;
    /** The largest integer that JavaScript represents exactly. */
    static final long MAX_INTEGER = (1L << 53) - 1;

    private boolean invalid;

    /** Reads or skips the value of a key. */
    abstract void read(int key, JsonCursor in) throws MalformedBatchException;

    /** Returns the data, or null if a required value is missing. */
    abstract @Nullable EventData data();

    /** Returns a new instance for a type. */
    static EventFields of(EventType type) {
        return switch (type) {
            case PAGE_VIEW -> new PageFields.PageViewFields();
            case ENGAGEMENT -> new PageFields.EngagementFields();
            case CLICK -> new PointerFields.ClickFields();
            case MOUSE_MOVE -> new PointerFields.MouseMoveFields();
            case HOVER -> new PointerFields.HoverFields();
            case FORM_START, FORM_SUBMIT, FORM_ABANDON, FORM_INVALID -> new FormFields(type);
            case VIDEO_PLAY,
                    VIDEO_PAUSE,
                    VIDEO_PROGRESS,
                    VIDEO_COMPLETE,
                    AUDIO_PLAY,
                    AUDIO_PAUSE,
                    AUDIO_PROGRESS,
                    AUDIO_COMPLETE -> new MediaFields.PlaybackFields(type);
            case DOWNLOAD -> new MediaFields.DownloadFields();
            case IMAGE_VIEW -> new MediaFields.ImageViewFields();
            case WEB_VITAL -> new PageFields.WebVitalFields();
            case ERROR -> new PageFields.ScriptErrorFields();
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

    /** Skips a value of a wrong type. */
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

    /** Reads an integer from 0 to 2^53 - 1. */
    final long integer(JsonCursor in) throws MalformedBatchException {
        return integer(in, 0, MAX_INTEGER);
    }

    /** Reads an integer within bounds, rounding a fraction; returns {@link #ABSENT} for null and for invalid values. */
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

    /** Rounds half up; numbers that are too large for the protocol become {@link Long#MAX_VALUE}. */
    static long rounded(double value) {
        return Math.abs(value) <= MAX_INTEGER ? Math.round(value) : Long.MAX_VALUE;
    }

    /** Reads {@code true}, {@code false}, 1 or 0. */
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

    /** Reads a type that clients must not send; the event is invalid. */
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

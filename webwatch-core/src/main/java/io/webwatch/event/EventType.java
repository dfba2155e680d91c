package io.webwatch.event;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of events. */
public enum EventType {
    PAGE_VIEW("page_view", PageView::readFrom),
    ENGAGEMENT("engagement", Engagement::readFrom),
    SESSION("session", Session::readFrom),
    CLICK("click", Click::readFrom),
    MOUSE_MOVE("mouse_move", MouseMove::readFrom),
    HOVER("hover", Hover::readFrom),
    FORM_START("form_start", Form::readFrom),
    FORM_SUBMIT("form_submit", Form::readFrom),
    FORM_ABANDON("form_abandon", Form::readFrom),
    FORM_INVALID("form_invalid", Form::readFrom),
    VIDEO_PLAY("video_play", Media::readFrom),
    VIDEO_PAUSE("video_pause", Media::readFrom),
    VIDEO_PROGRESS("video_progress", Media::readFrom),
    VIDEO_COMPLETE("video_complete", Media::readFrom),
    AUDIO_PLAY("audio_play", Media::readFrom),
    AUDIO_PAUSE("audio_pause", Media::readFrom),
    AUDIO_PROGRESS("audio_progress", Media::readFrom),
    AUDIO_COMPLETE("audio_complete", Media::readFrom),
    DOWNLOAD("download", Download::readFrom),
    IMAGE_VIEW("image_view", ImageView::readFrom),
    WEB_VITAL("web_vital", WebVital::readFrom),
    ERROR("error", ScriptError::readFrom),
    CUSTOM("custom", Custom::readFrom);

    private static final Map<String, EventType> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::id, Function.identity()));

    private final String id;
    private final BiFunction<EventType, AttributeReader, EventData> data;

    EventType(String id, Function<AttributeReader, EventData> data) {
        this(id, (type, in) -> data.apply(in));
    }

    EventType(String id, BiFunction<EventType, AttributeReader, EventData> data) {
        this.id = id;
        this.data = data;
    }

    /** Returns the name on the wire and in stores, such as {@code page_view}. */
    public String id() {
        return id;
    }

    /** Returns the type with that name, or null if there is none. */
    public static @Nullable EventType byId(String id) {
        return BY_ID.get(id);
    }

    /**
     * Reads the data of an event of this type.
     *
     * @throws IllegalArgumentException if an attribute is missing or invalid
     */
    public EventData readData(AttributeReader in) {
        return data.apply(this, in);
    }

    /**
     * Returns whether events of this type are interactions: the visitor clicked, used a form, played media or downloaded a
     * file, or the application reported an event. Viewing, scrolling and pointing do not count. A visitor who interacts
     * does not bounce; see {@link Session#isBounce}.
     */
    public boolean isInteraction() {
        return switch (this) {
            case CLICK,
                    FORM_START,
                    FORM_SUBMIT,
                    FORM_ABANDON,
                    FORM_INVALID,
                    VIDEO_PLAY,
                    VIDEO_PAUSE,
                    VIDEO_PROGRESS,
                    VIDEO_COMPLETE,
                    AUDIO_PLAY,
                    AUDIO_PAUSE,
                    AUDIO_PROGRESS,
                    AUDIO_COMPLETE,
                    DOWNLOAD,
                    CUSTOM -> true;
            case PAGE_VIEW, ENGAGEMENT, SESSION, MOUSE_MOVE, HOVER, IMAGE_VIEW, WEB_VITAL, ERROR -> false;
        };
    }
}

package io.webwatch.event;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of events. */
public enum EventType {
    PAGE_VIEW("page_view", EventData.PageView::readFrom),
    ENGAGEMENT("engagement", EventData.Engagement::readFrom),
    SESSION("session", EventData.Session::readFrom),
    CLICK("click", EventData.Click::readFrom),
    MOUSE_MOVE("mouse_move", EventData.MouseMove::readFrom),
    HOVER("hover", EventData.Hover::readFrom),
    FORM_START("form_start", EventData.Form::readFrom),
    FORM_SUBMIT("form_submit", EventData.Form::readFrom),
    FORM_ABANDON("form_abandon", EventData.Form::readFrom),
    FORM_INVALID("form_invalid", EventData.Form::readFrom),
    VIDEO_PLAY("video_play", EventData.Media::readFrom),
    VIDEO_PAUSE("video_pause", EventData.Media::readFrom),
    VIDEO_PROGRESS("video_progress", EventData.Media::readFrom),
    VIDEO_COMPLETE("video_complete", EventData.Media::readFrom),
    AUDIO_PLAY("audio_play", EventData.Media::readFrom),
    AUDIO_PAUSE("audio_pause", EventData.Media::readFrom),
    AUDIO_PROGRESS("audio_progress", EventData.Media::readFrom),
    AUDIO_COMPLETE("audio_complete", EventData.Media::readFrom),
    DOWNLOAD("download", EventData.Download::readFrom),
    IMAGE_VIEW("image_view", EventData.ImageView::readFrom),
    WEB_VITAL("web_vital", EventData.WebVital::readFrom),
    ERROR("error", EventData.ScriptError::readFrom),
    CUSTOM("custom", EventData.Custom::readFrom);

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
     * does not bounce; see {@link EventData.Session#isBounce}.
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

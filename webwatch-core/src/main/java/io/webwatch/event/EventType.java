package io.webwatch.event;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened. The {@link #id()} is the name on the wire and in every store. */
public enum EventType {
    PAGE_VIEW("page_view"),
    ENGAGEMENT("engagement"),
    SESSION("session"),
    CLICK("click"),
    MOUSE_MOVE("mouse_move"),
    HOVER("hover"),
    FORM_START("form_start"),
    FORM_SUBMIT("form_submit"),
    FORM_ABANDON("form_abandon"),
    FORM_INVALID("form_invalid"),
    VIDEO_PLAY("video_play"),
    VIDEO_PAUSE("video_pause"),
    VIDEO_PROGRESS("video_progress"),
    VIDEO_COMPLETE("video_complete"),
    AUDIO_PLAY("audio_play"),
    AUDIO_PAUSE("audio_pause"),
    AUDIO_PROGRESS("audio_progress"),
    AUDIO_COMPLETE("audio_complete"),
    DOWNLOAD("download"),
    IMAGE_VIEW("image_view"),
    WEB_VITAL("web_vital"),
    ERROR("error"),
    CUSTOM("custom");

    private static final Map<String, EventType> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::id, type -> type));

    private final String id;

    EventType(String id) {
        this.id = id;
    }

    /** The name on the wire and in stores, such as {@code page_view}. */
    public String id() {
        return id;
    }

    /** The type of that name, or null. */
    public static @Nullable EventType byId(String id) {
        return BY_ID.get(id);
    }
}

package io.webwatch.influxdb;

import io.webwatch.bytes.Fragment;
import io.webwatch.event.EventType;
import java.util.EnumMap;
import java.util.Map;

/** The measurement of each type of event. */
final class Measurements {
    /** The measurement with a point for each tenth of a page that an engagement event was the first to reach. */
    static final Fragment SCROLL_DEPTHS = Keys.ascii("scroll_depths");

    private static final Map<EventType, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(EventType.PAGE_VIEW, "page_views"),
            Map.entry(EventType.ENGAGEMENT, "engagement"),
            Map.entry(EventType.SESSION, "session_durations"),
            Map.entry(EventType.CLICK, "clicks"),
            Map.entry(EventType.MOUSE_MOVE, "mouse_movements"),
            Map.entry(EventType.HOVER, "hovers"),
            Map.entry(EventType.FORM_START, "form_starts"),
            Map.entry(EventType.FORM_SUBMIT, "form_submissions"),
            Map.entry(EventType.FORM_ABANDON, "form_abandons"),
            Map.entry(EventType.FORM_INVALID, "form_invalids"),
            Map.entry(EventType.VIDEO_PLAY, "video_plays"),
            Map.entry(EventType.VIDEO_PAUSE, "video_pauses"),
            Map.entry(EventType.VIDEO_PROGRESS, "video_progress"),
            Map.entry(EventType.VIDEO_COMPLETE, "video_completions"),
            Map.entry(EventType.AUDIO_PLAY, "audio_plays"),
            Map.entry(EventType.AUDIO_PAUSE, "audio_pauses"),
            Map.entry(EventType.AUDIO_PROGRESS, "audio_progress"),
            Map.entry(EventType.AUDIO_COMPLETE, "audio_completions"),
            Map.entry(EventType.DOWNLOAD, "downloads"),
            Map.entry(EventType.IMAGE_VIEW, "image_views"),
            Map.entry(EventType.WEB_VITAL, "web_vitals"),
            Map.entry(EventType.ERROR, "errors"),
            Map.entry(EventType.CUSTOM, "custom_events")));
    private static final Fragment[] BYTES = new Fragment[EventType.values().length];

    static {
        NAMES.forEach((type, name) -> BYTES[type.ordinal()] = Keys.ascii(name));
    }

    private Measurements() {}

    static Fragment of(EventType type) {
        return BYTES[type.ordinal()];
    }

    static String name(EventType type) {
        return NAMES.getOrDefault(type, "");
    }
}

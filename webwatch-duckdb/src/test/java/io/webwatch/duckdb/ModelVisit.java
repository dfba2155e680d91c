package io.webwatch.duckdb;

import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.query.Dimension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session in {@link QueryModel}. */
record ModelVisit(List<Event> events) {
    List<Event> pageViews() {
        return events.stream()
                .filter(event -> event.type() == EventType.PAGE_VIEW)
                .toList();
    }

    @Nullable
    String value(Dimension dimension) {
        List<Event> pages = pageViews();
        if (dimension == Dimension.ENTRY_PAGE) {
            return pages.isEmpty() ? null : pages.get(0).context().page().path();
        }
        if (dimension == Dimension.EXIT_PAGE) {
            return pages.isEmpty()
                    ? null
                    : pages.get(pages.size() - 1).context().page().path();
        }
        return ModelValues.of(dimension, events.get(0));
    }

    boolean isBounce() {
        return pageViews().size() == 1
                && events.stream().noneMatch(event -> switch (event.type()) {
                    case CLICK,
                            CUSTOM,
                            DOWNLOAD,
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
                            AUDIO_COMPLETE -> true;
                    default -> false;
                });
    }

    long duration() {
        return events.get(events.size() - 1).timeMillis() - events.get(0).timeMillis();
    }
}

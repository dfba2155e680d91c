package io.webwatch.enrich;

import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import org.jspecify.annotations.Nullable;

/** A session that is open. Not thread-safe: the batcher's alone. */
final class SessionState {
    final String visitor;
    final String id;
    final long startMillis;
    final long startNanos;
    long lastMillis;
    long seenMillis; // by the server's clock, whatever the event's own time says
    long toldMillis;
    boolean dirty;
    long pages;
    long events;
    long interactions;
    long engagedMillis;

    @Nullable
    String entry;

    @Nullable
    String exit;

    final EventContext context; // of the first event

    SessionState(String visitor, String id, long startMillis, long startNanos, EventContext context) {
        this.visitor = visitor;
        this.id = id;
        this.startMillis = startMillis;
        this.startNanos = startNanos;
        this.lastMillis = startMillis;
        this.context = context;
    }

    /** The same as it is now, which later events do not change. */
    SessionState copy() {
        SessionState copy = new SessionState(visitor, id, startMillis, startNanos, context);
        copy.lastMillis = lastMillis;
        copy.seenMillis = seenMillis;
        copy.toldMillis = toldMillis;
        copy.dirty = dirty;
        copy.pages = pages;
        copy.events = events;
        copy.interactions = interactions;
        copy.engagedMillis = engagedMillis;
        copy.entry = entry;
        copy.exit = exit;
        return copy;
    }

    /** Counts an event. */
    void count(EventData data, String path, long timeMillis, long nowMillis) {
        events++;
        lastMillis = Math.max(lastMillis, timeMillis);
        seenMillis = nowMillis;
        dirty = true;
        if (data.type() == EventType.PAGE_VIEW) {
            pages++;
            entry = entry == null ? path : entry;
            exit = path;
        } else if (data instanceof EventData.Engagement engagement) {
            engagedMillis += engagement.engagedMillis();
        } else if (isInteraction(data.type())) {
            interactions++;
        }
    }

    /** What is told of it. */
    EventData.Session data(boolean ended) {
        return new EventData.Session(
                ended,
                Math.max(0, lastMillis - startMillis),
                engagedMillis,
                pages,
                events,
                entry,
                exit,
                pages <= 1 && interactions == 0);
    }

    private static boolean isInteraction(EventType type) {
        return switch (type) {
            case PAGE_VIEW, ENGAGEMENT, SESSION, MOUSE_MOVE, HOVER, IMAGE_VIEW, WEB_VITAL, ERROR -> false;
            default -> true;
        };
    }
}

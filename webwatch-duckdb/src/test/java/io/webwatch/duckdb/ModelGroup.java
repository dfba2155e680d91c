package io.webwatch.duckdb;

import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
import io.webwatch.event.EventType;
import io.webwatch.event.PageView;
import io.webwatch.query.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The events and sessions of one row in {@link QueryModel}. */
final class ModelGroup {
    final List<Event> events = new ArrayList<>();
    final List<ModelVisit> visits = new ArrayList<>();
    long engaged;

    @Nullable
    Object metric(Metric metric) {
        return switch (metric) {
            case EVENTS -> (long) events.size();
            case PAGE_VIEWS -> count(EventType.PAGE_VIEW);
            case CLICKS -> count(EventType.CLICK);
            case DOWNLOADS -> count(EventType.DOWNLOAD);
            case FORM_SUBMISSIONS -> count(EventType.FORM_SUBMIT);
            case VIDEO_PLAYS -> count(EventType.VIDEO_PLAY);
            case IMAGE_VIEWS -> count(EventType.IMAGE_VIEW);
            case ERRORS -> count(EventType.ERROR);
            case VISITORS ->
                events.stream()
                        .map(event -> event.context().visitor())
                        .filter(visitor -> !visitor.isEmpty())
                        .distinct()
                        .count();
            case SESSIONS -> (long) visits.size();
            case ENGAGED_TIME -> visits.isEmpty() ? null : (double) engaged / visits.size();
            case SESSION_DURATION -> mean(ModelVisit::duration);
            case BOUNCE_RATE -> mean(visit -> visit.isBounce() ? 1L : 0L);
            case PAGES_PER_SESSION -> mean(visit -> (long) visit.pageViews().size());
            case SCROLL_DEPTH -> depth();
            case LOAD_TIME -> median();
        };
    }

    private long count(EventType type) {
        return events.stream().filter(event -> event.type() == type).count();
    }

    private @Nullable Double mean(Function<ModelVisit, Long> value) {
        return visits.isEmpty()
                ? null
                : (double) visits.stream().mapToLong(value::apply).sum() / visits.size();
    }

    private @Nullable Double depth() {
        Map<String, Integer> deepest = new HashMap<>();
        for (Event event : events) {
            if (event.data() instanceof Engagement engagement) {
                deepest.merge(event.context().page().id(), engagement.scrollDepth(), Math::max);
            }
        }
        return deepest.isEmpty()
                ? null
                : (double) deepest.values().stream().mapToLong(depth -> depth).sum() / deepest.size();
    }

    private @Nullable Double median() {
        List<Long> sorted = events.stream()
                .map(event -> event.data() instanceof PageView view ? view.loadMillis() : null)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        int size = sorted.size();
        return size == 0 ? null : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0;
    }
}

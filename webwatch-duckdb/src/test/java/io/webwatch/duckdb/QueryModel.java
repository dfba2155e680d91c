package io.webwatch.duckdb;

import io.webwatch.event.Event;
import io.webwatch.event.EventContext;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.fixture.RandomVisits;
import io.webwatch.query.Dimension;
import io.webwatch.query.Filter;
import io.webwatch.query.Interval;
import io.webwatch.query.Metric;
import io.webwatch.query.Query;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries in plain Java from a list of events, one event after another: what the store's SQL is held against.
 * It is long because it says the meaning of every metric and dimension a second time.
 */
final class QueryModel {
    private static final Set<Dimension> OF_PAGE = EnumSet.of(Dimension.PATH, Dimension.ROUTE, Dimension.TITLE);
    private static final Set<Dimension> OF_ACTION = EnumSet.of(
            Dimension.PATH,
            Dimension.ROUTE,
            Dimension.TITLE,
            Dimension.TYPE,
            Dimension.ELEMENT,
            Dimension.NAME,
            Dimension.FILE,
            Dimension.FORM,
            Dimension.MEDIA,
            Dimension.IMAGE);
    private static final Set<Dimension> OF_WHOLE_SESSION = EnumSet.of(Dimension.ENTRY_PAGE, Dimension.EXIT_PAGE);

    private final List<Event> all;
    private final Query query;
    private final Map<List<@Nullable Object>, Group> groups = new LinkedHashMap<>();

    QueryModel(List<Event> all, Query query) {
        this.all = all;
        this.query = query;
    }

    private record Visit(List<Event> events) {
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
            return QueryModel.value(dimension, events.get(0));
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

    /** What fell into one row. */
    private static final class Group {
        final List<Event> events = new ArrayList<>();
        final List<Visit> visits = new ArrayList<>();
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
                case SESSION_DURATION -> mean(Visit::duration);
                case BOUNCE_RATE -> mean(visit -> visit.isBounce() ? 1L : 0L);
                case PAGES_PER_SESSION -> mean(visit -> (long) visit.pageViews().size());
                case SCROLL_DEPTH -> depth();
                case LOAD_TIME -> median();
            };
        }

        private long count(EventType type) {
            return events.stream().filter(event -> event.type() == type).count();
        }

        private @Nullable Double mean(Function<Visit, Long> value) {
            return visits.isEmpty()
                    ? null
                    : (double) visits.stream().mapToLong(value::apply).sum() / visits.size();
        }

        private @Nullable Double depth() {
            Map<String, Integer> deepest = new HashMap<>();
            for (Event event : events) {
                if (event.data() instanceof EventData.Engagement engagement) {
                    deepest.merge(event.context().page().id(), engagement.scrollDepth(), Math::max);
                }
            }
            return deepest.isEmpty()
                    ? null
                    : (double) deepest.values().stream()
                                    .mapToLong(depth -> depth)
                                    .sum()
                            / deepest.size();
        }

        private @Nullable Double median() {
            List<Long> sorted = events.stream()
                    .map(event -> event.data() instanceof EventData.PageView view ? view.loadMillis() : null)
                    .filter(Objects::nonNull)
                    .sorted()
                    .toList();
            int size = sorted.size();
            return size == 0 ? null : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0;
        }
    }

    List<List<@Nullable Object>> rows() {
        if (query.dimensions().isEmpty()) {
            steps().forEach(step -> group(step == null ? List.of() : List.of(step)));
        }
        List<Visit> visits = visits();
        if (uses(OF_WHOLE_SESSION)) {
            visits.forEach(visit -> visit.events().forEach(event -> addEvent(event, visit)));
        } else {
            all.stream().filter(this::isInRange).forEach(event -> addEvent(event, null));
        }
        if (query.metrics().stream().anyMatch(metric -> switch (metric) {
            case SESSIONS, ENGAGED_TIME, SESSION_DURATION, BOUNCE_RATE, PAGES_PER_SESSION -> true;
            default -> false;
        })) {
            visits.forEach(this::addVisit);
        }
        return sorted();
    }

    private void addEvent(Event event, @Nullable Visit visit) {
        Function<Dimension, @Nullable String> values = dimension -> OF_WHOLE_SESSION.contains(dimension)
                ? Objects.requireNonNull(visit).value(dimension)
                : value(dimension, event);
        boolean passes = query.filters().stream().allMatch(filter -> passes(filter, values.apply(filter.dimension())));
        boolean counted = query.metrics().stream().anyMatch(metric -> switch (metric) {
            case SESSIONS, ENGAGED_TIME, SESSION_DURATION, BOUNCE_RATE, PAGES_PER_SESSION -> false;
            case SCROLL_DEPTH -> event.data() instanceof EventData.Engagement;
            default -> true;
        });
        if (passes && counted) {
            List<@Nullable Object> key = key(event.timeMillis());
            query.dimensions().forEach(dimension -> key.add(known(values.apply(dimension))));
            group(key).events.add(event);
        }
    }

    private void addVisit(Visit visit) {
        boolean passes = query.filters().stream()
                .filter(filter -> !OF_ACTION.contains(filter.dimension()))
                .allMatch(filter -> passes(filter, visit.value(filter.dimension())));
        if (!passes) {
            return;
        }
        Map<List<@Nullable Object>, Boolean> keys = new LinkedHashMap<>();
        for (Event event : visit.events()) {
            if (passesFilters(event, OF_ACTION)) {
                keys.put(visitKey(visit, event, OF_ACTION), true);
            }
        }
        for (List<@Nullable Object> key : keys.keySet()) {
            Group group = group(key);
            group.visits.add(visit);
            for (Event event : visit.events()) {
                if (event.data() instanceof EventData.Engagement engagement
                        && passesFilters(event, OF_PAGE)
                        && isOnPageOf(key, event)) {
                    group.engaged += engagement.engagedMillis();
                }
            }
        }
    }

    private List<@Nullable Object> visitKey(Visit visit, Event event, Set<Dimension> ofEvent) {
        List<@Nullable Object> key = key(visit.events().get(0).timeMillis());
        for (Dimension dimension : query.dimensions()) {
            key.add(known(ofEvent.contains(dimension) ? value(dimension, event) : visit.value(dimension)));
        }
        return key;
    }

    private boolean isOnPageOf(List<@Nullable Object> key, Event event) {
        int offset = query.interval() == null ? 0 : 1;
        for (int i = 0; i < query.dimensions().size(); i++) {
            Dimension dimension = query.dimensions().get(i);
            if (OF_PAGE.contains(dimension) && !Objects.equals(key.get(offset + i), known(value(dimension, event)))) {
                return false;
            }
        }
        return true;
    }

    private boolean passesFilters(Event event, Set<Dimension> among) {
        return query.filters().stream()
                .filter(filter -> among.contains(filter.dimension()))
                .allMatch(filter -> passes(filter, value(filter.dimension(), event)));
    }

    private List<Visit> visits() {
        Map<List<String>, List<Event>> byVisitor = all.stream()
                .filter(event -> event.timeMillis() < query.to().toEpochMilli())
                .filter(event -> !event.context().visitor().isEmpty())
                .sorted(Comparator.comparingLong(Event::timeNanos))
                .collect(Collectors.groupingBy(
                        event -> List.of(event.context().site(), event.context().visitor())));
        List<Visit> visits = new ArrayList<>();
        for (List<Event> events : byVisitor.values()) {
            Visit visit = new Visit(new ArrayList<>());
            long last = events.get(0).timeMillis();
            for (Event event : events) {
                if (event.timeMillis() - last > RandomVisits.GAP_MILLIS) {
                    visits.add(visit);
                    visit = new Visit(new ArrayList<>());
                }
                visit.events().add(event);
                last = event.timeMillis();
            }
            visits.add(visit);
        }
        visits.removeIf(
                visit -> visit.events().get(0).timeMillis() < query.from().toEpochMilli());
        return visits;
    }

    private boolean isInRange(Event event) {
        return event.timeMillis() >= query.from().toEpochMilli()
                && event.timeMillis() < query.to().toEpochMilli();
    }

    private boolean uses(Set<Dimension> some) {
        return query.dimensions().stream().anyMatch(some::contains)
                || query.filters().stream().map(Filter::dimension).anyMatch(some::contains);
    }

    private Group group(List<@Nullable Object> key) {
        return groups.computeIfAbsent(key, any -> new Group());
    }

    private List<@Nullable Object> key(long timeMillis) {
        List<@Nullable Object> key = new ArrayList<>();
        if (query.interval() != null) {
            key.add(step(query.interval(), query.zone(), Instant.ofEpochMilli(timeMillis)));
        }
        return key;
    }

    private Set<@Nullable Instant> steps() {
        Set<@Nullable Instant> steps = new HashSet<>();
        if (query.interval() == null) {
            steps.add(null);
            return steps;
        }
        for (Instant time = query.from(); time.isBefore(query.to()); time = time.plus(1, ChronoUnit.MINUTES)) {
            steps.add(step(query.interval(), query.zone(), time));
        }
        steps.add(step(query.interval(), query.zone(), query.to().minusMillis(1)));
        return steps;
    }

    static Instant step(Interval interval, ZoneId zone, Instant time) {
        LocalDate day = LocalDate.ofInstant(time, zone);
        return switch (interval) {
            case MINUTE ->
                time.atZone(zone)
                        .toOffsetDateTime()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toInstant();
            case HOUR ->
                time.atZone(zone)
                        .toOffsetDateTime()
                        .truncatedTo(ChronoUnit.HOURS)
                        .toInstant();
            case DAY -> day.atStartOfDay(zone).toInstant();
            case WEEK ->
                day.minusDays(day.getDayOfWeek().getValue() - 1L)
                        .atStartOfDay(zone)
                        .toInstant();
            case MONTH -> day.withDayOfMonth(1).atStartOfDay(zone).toInstant();
        };
    }

    private static @Nullable String known(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static boolean passes(Filter filter, @Nullable String value) {
        String text = value == null ? "" : value;
        BiFunction<String, String, Boolean> test = switch (filter.operator()) {
            case IS, NOT -> String::equals;
            case CONTAINS -> String::contains;
            case STARTS -> String::startsWith;
        };
        boolean any = filter.values().stream().anyMatch(wanted -> test.apply(text, wanted));
        return (filter.operator() == Filter.Operator.NOT) != any;
    }

    static @Nullable String value(Dimension dimension, Event event) {
        EventContext context = event.context();
        EventContext.Page page = context.page();
        EventContext.Acquisition acquisition = context.acquisition();
        EventContext.Client client = context.client();
        EventData data = event.data();
        return switch (dimension) {
            case SITE -> context.site();
            case TYPE -> event.type().id();
            case HOST -> page.host();
            case PATH -> page.path();
            case ROUTE -> page.route();
            case TITLE -> page.title();
            case REFERRER -> page.referrer();
            case CHANNEL -> acquisition.channel();
            case UTM_SOURCE -> acquisition.utmSource();
            case UTM_MEDIUM -> acquisition.utmMedium();
            case UTM_CAMPAIGN -> acquisition.utmCampaign();
            case DEVICE -> client.device().id();
            case BROWSER -> client.browser();
            case OS -> client.os();
            case COUNTRY -> context.location().country();
            case LANGUAGE -> client.language();
            case SCREEN ->
                client.screenWidth() == 0 || client.screenHeight() == 0
                        ? null
                        : client.screenWidth() + "x" + client.screenHeight();
            case ELEMENT ->
                data instanceof EventData.Click click
                        ? click.element()
                        : data instanceof EventData.Hover hover ? hover.element() : null;
            case NAME -> data instanceof EventData.Custom custom ? custom.name() : null;
            case FILE -> data instanceof EventData.Download download ? download.file() : null;
            case FORM -> data instanceof EventData.Form form ? form.form() : null;
            case MEDIA -> data instanceof EventData.Media media ? media.media() : null;
            case IMAGE -> data instanceof EventData.ImageView view ? view.image() : null;
            case USER -> context.user();
            case BOT -> context.bot();
            case ENTRY_PAGE, EXIT_PAGE -> throw new IllegalArgumentException(dimension + " is of a session");
        };
    }

    private List<List<@Nullable Object>> sorted() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            List<@Nullable Object> row = new ArrayList<>(key);
            query.metrics().forEach(metric -> row.add(group.metric(metric)));
            rows.add(row);
        });
        rows.sort(order());
        return rows;
    }

    private Comparator<List<@Nullable Object>> order() {
        int keys = (query.interval() == null ? 0 : 1) + query.dimensions().size();
        Metric ordering = query.order() == null ? query.metrics().get(0) : query.order();
        int column = keys + query.metrics().indexOf(ordering);
        Comparator<List<@Nullable Object>> byMetric = Comparator.comparing(
                row -> (Number) row.get(column),
                Comparator.nullsLast(
                        Comparator.<Number>comparingDouble(Number::doubleValue).reversed()));
        Comparator<List<@Nullable Object>> byKeys = (left, right) -> {
            for (int i = 0; i < keys; i++) {
                int compared = Comparator.nullsLast(QueryModel::compareKeys).compare(left.get(i), right.get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
        boolean byTime = query.interval() != null && query.order() == null;
        Comparator<List<@Nullable Object>> time = Comparator.comparing(row -> (Instant) row.get(0));
        return (byTime ? time.thenComparing(byMetric) : byMetric).thenComparing(byKeys);
    }

    /** Texts by their code points, as the store's UTF-8 does. */
    private static int compareKeys(Object left, Object right) {
        if (left instanceof Instant instant) {
            return instant.compareTo((Instant) right);
        }
        int[] mine = ((String) left).codePoints().toArray();
        int[] other = ((String) right).codePoints().toArray();
        return java.util.Arrays.compare(mine, other);
    }
}

package io.webwatch.duckdb;

import io.webwatch.event.Engagement;
import io.webwatch.event.Event;
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

/** Answers queries with plain Java from a list of events. Tests compare the answers of the store with these. */
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
    private final Map<List<@Nullable Object>, ModelGroup> groups = new LinkedHashMap<>();

    QueryModel(List<Event> all, Query query) {
        this.all = all;
        this.query = query;
    }

    List<List<@Nullable Object>> rows() {
        if (query.dimensions().isEmpty()) {
            steps().forEach(step -> group(step == null ? List.of() : List.of(step)));
        }
        List<ModelVisit> visits = visits();
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

    private void addEvent(Event event, @Nullable ModelVisit visit) {
        Function<Dimension, @Nullable String> values = dimension -> OF_WHOLE_SESSION.contains(dimension)
                ? Objects.requireNonNull(visit).value(dimension)
                : ModelValues.of(dimension, event);
        boolean passes = query.filters().stream().allMatch(filter -> passes(filter, values.apply(filter.dimension())));
        boolean counted = query.metrics().stream().anyMatch(metric -> switch (metric) {
            case SESSIONS, ENGAGED_TIME, SESSION_DURATION, BOUNCE_RATE, PAGES_PER_SESSION -> false;
            case SCROLL_DEPTH -> event.data() instanceof Engagement;
            default -> true;
        });
        if (passes && counted) {
            List<@Nullable Object> key = key(event.timeMillis());
            query.dimensions().forEach(dimension -> key.add(known(values.apply(dimension))));
            group(key).events.add(event);
        }
    }

    private void addVisit(ModelVisit visit) {
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
            ModelGroup group = group(key);
            group.visits.add(visit);
            for (Event event : visit.events()) {
                if (event.data() instanceof Engagement engagement
                        && passesFilters(event, OF_PAGE)
                        && isOnPageOf(key, event)) {
                    group.engaged += engagement.engagedMillis();
                }
            }
        }
    }

    private List<@Nullable Object> visitKey(ModelVisit visit, Event event, Set<Dimension> ofEvent) {
        List<@Nullable Object> key = key(visit.events().get(0).timeMillis());
        for (Dimension dimension : query.dimensions()) {
            key.add(known(ofEvent.contains(dimension) ? ModelValues.of(dimension, event) : visit.value(dimension)));
        }
        return key;
    }

    private boolean isOnPageOf(List<@Nullable Object> key, Event event) {
        int offset = query.interval() == null ? 0 : 1;
        for (int i = 0; i < query.dimensions().size(); i++) {
            Dimension dimension = query.dimensions().get(i);
            if (OF_PAGE.contains(dimension)
                    && !Objects.equals(key.get(offset + i), known(ModelValues.of(dimension, event)))) {
                return false;
            }
        }
        return true;
    }

    private boolean passesFilters(Event event, Set<Dimension> among) {
        return query.filters().stream()
                .filter(filter -> among.contains(filter.dimension()))
                .allMatch(filter -> passes(filter, ModelValues.of(filter.dimension(), event)));
    }

    private List<ModelVisit> visits() {
        Map<List<String>, List<Event>> byVisitor = all.stream()
                .filter(event -> event.timeMillis() < query.to().toEpochMilli())
                .filter(event -> !event.context().visitor().isEmpty())
                .sorted(Comparator.comparingLong(Event::timeNanos))
                .collect(Collectors.groupingBy(
                        event -> List.of(event.context().site(), event.context().visitor())));
        List<ModelVisit> visits = new ArrayList<>();
        for (List<Event> events : byVisitor.values()) {
            ModelVisit visit = new ModelVisit(new ArrayList<>());
            long last = events.get(0).timeMillis();
            for (Event event : events) {
                if (event.timeMillis() - last > RandomVisits.GAP_MILLIS) {
                    visits.add(visit);
                    visit = new ModelVisit(new ArrayList<>());
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

    private ModelGroup group(List<@Nullable Object> key) {
        return groups.computeIfAbsent(key, any -> new ModelGroup());
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

    /** Compares texts by their code points, like the UTF-8 of the store. */
    private static int compareKeys(Object left, Object right) {
        if (left instanceof Instant instant) {
            return instant.compareTo((Instant) right);
        }
        int[] mine = ((String) left).codePoints().toArray();
        int[] other = ((String) right).codePoints().toArray();
        return java.util.Arrays.compare(mine, other);
    }
}

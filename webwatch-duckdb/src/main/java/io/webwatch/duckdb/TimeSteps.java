package io.webwatch.duckdb;

import io.webwatch.query.Interval;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The steps of a time series in the calendar of a time zone. The few moments at which the zone's offset changes become part
 * of the SQL, so that the step of a row is simple arithmetic.
 *
 * <p>The key of a step is a number. For minutes and hours it is the epoch millisecond of the step's begin; a local hour that
 * occurs twice is two steps. For longer steps it is the epoch millisecond of the first local day in UTC.
 */
final class TimeSteps {
    /** A period with a constant offset. */
    private record Stretch(Instant begin, Instant end, ZoneOffset offset) {}

    private final Interval interval;
    private final ZoneId zone;
    private final Instant from;
    private final Instant to;
    private final List<Stretch> stretches = new ArrayList<>();

    TimeSteps(Interval interval, ZoneId zone, Instant from, Instant to) {
        this.interval = interval;
        this.zone = zone;
        this.from = from;
        this.to = to;
        Instant begin = from;
        while (begin.isBefore(to)) {
            ZoneOffsetTransition next = zone.getRules().nextTransition(begin);
            Instant end = next == null || next.getInstant().isAfter(to) ? to : next.getInstant();
            stretches.add(new Stretch(begin, end, zone.getRules().getOffset(begin)));
            begin = end;
        }
    }

    /** Returns the SQL for the key of the step that contains the value of a TIMESTAMP column. */
    Sql key(String column) {
        Sql sql = new Sql();
        if (stretches.size() == 1) {
            return sql.add(key(column, stretches.get(0).offset()));
        }
        sql.add("CASE");
        for (Stretch stretch : stretches.subList(0, stretches.size() - 1)) {
            sql.add(" WHEN " + column + " < ? THEN ", utc(stretch.end())).add(key(column, stretch.offset()));
        }
        return sql.add(" ELSE ")
                .add(key(column, stretches.get(stretches.size() - 1).offset()))
                .add(" END");
    }

    private String key(String column, ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        String local = column + " + INTERVAL (" + seconds + ") SECOND";
        String key = "epoch_ms(date_trunc('" + interval.name() + "', " + local + "))";
        return isShort() ? "(" + key + " - " + seconds * 1000L + ")" : key;
    }

    private boolean isShort() {
        return interval == Interval.MINUTE || interval == Interval.HOUR;
    }

    /** Returns the begin of the step with the given key. */
    Instant begin(long key) {
        Instant instant = Instant.ofEpochMilli(key);
        return isShort()
                ? instant
                : LocalDate.ofInstant(instant, ZoneOffset.UTC)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    /** Returns the approximate number of steps. Cheap even if there are very many. */
    long estimate() {
        return Duration.between(from, to).dividedBy(width()) + 2;
    }

    private Duration width() {
        return switch (interval) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
            case WEEK -> Duration.ofDays(7);
            case MONTH -> Duration.ofDays(28);
        };
    }

    /** Returns the keys of all steps that overlap the range, in order. */
    Set<Long> keys() {
        return isShort() ? shortKeys() : dayKeys();
    }

    private Set<Long> shortKeys() {
        ChronoUnit unit = interval == Interval.MINUTE ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        Set<Long> keys = new LinkedHashSet<>();
        for (Stretch stretch : stretches) {
            LocalDateTime local =
                    LocalDateTime.ofInstant(stretch.begin(), stretch.offset()).truncatedTo(unit);
            for (Instant step = local.toInstant(stretch.offset());
                    step.isBefore(stretch.end());
                    step = step.plus(1, unit)) {
                keys.add(step.toEpochMilli());
            }
        }
        return keys;
    }

    private Set<Long> dayKeys() {
        Set<Long> keys = new LinkedHashSet<>();
        LocalDate last = LocalDate.ofInstant(to.minusNanos(1), zone);
        for (LocalDate day = firstDay(); !day.isAfter(last); day = next(day)) {
            boolean exists = day.atStartOfDay(zone).toLocalDate().equals(day);
            if (exists || interval != Interval.DAY) {
                keys.add(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
            }
        }
        return keys;
    }

    private LocalDate firstDay() {
        LocalDate day = LocalDate.ofInstant(from, zone);
        return switch (interval) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            default -> day;
        };
    }

    private LocalDate next(LocalDate day) {
        return switch (interval) {
            case WEEK -> day.plusWeeks(1);
            case MONTH -> day.plusMonths(1);
            default -> day.plusDays(1);
        };
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}

package io.webwatch.servlet.internal.dashboard;

import io.webwatch.query.Interval;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The time range of a query and the zone of its days, from the parameters {@code from}, {@code to} and {@code tz}. */
record QueryTimes(Instant from, Instant to, ZoneId zone) {
    private static final Duration DEFAULT_RANGE = Duration.ofDays(30);
    private static final Duration MAX_RANGE = Duration.ofDays(36_600);
    private static final int MAX_POINTS = 50_000;

    /**
     * Parses the parameters.
     *
     * @throws IllegalArgumentException with a sentence that names the parameter and its allowed values
     */
    static QueryTimes parse(
            @Nullable String fromText,
            @Nullable String toText,
            @Nullable String zoneText,
            @Nullable Interval interval,
            Instant now) {
        ZoneId zone = zone(zoneText);
        Instant to = time("to", toText, zone, now);
        Instant from = time("from", fromText, zone, to.minus(DEFAULT_RANGE));
        checkRange(from, to, interval);
        return new QueryTimes(from, to, zone);
    }

    private static void checkRange(Instant from, Instant to, @Nullable Interval interval) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from: " + from + " is not before to (" + to + ").");
        }
        Duration range = Duration.between(from, to);
        if (range.compareTo(MAX_RANGE) > 0) {
            throw new IllegalArgumentException("from: the range is longer than 100 years.");
        }
        if (interval != null && range.dividedBy(duration(interval)) > MAX_POINTS) {
            throw new IllegalArgumentException("interval: the range has more than " + MAX_POINTS + " intervals of a "
                    + interval.id() + "; use a longer interval or a shorter range.");
        }
    }

    private static Duration duration(Interval interval) {
        return switch (interval) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
            case WEEK -> Duration.ofDays(7);
            case MONTH -> Duration.ofDays(28);
        };
    }

    private static ZoneId zone(@Nullable String text) {
        if (text == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "tz: '" + QueryParameters.shown(text) + "' is not a time zone such as Europe/Berlin.", e);
        }
    }

    private static Instant time(String name, @Nullable String text, ZoneId zone, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            // a plus sign that the client did not escape arrives as a space
            String dateTime = text.replace(' ', '+');
            boolean hasOffset =
                    dateTime.endsWith("Z") || dateTime.lastIndexOf('+') > 0 || dateTime.lastIndexOf('-') > 9;
            return hasOffset
                    ? OffsetDateTime.parse(dateTime).toInstant()
                    : LocalDateTime.parse(dateTime).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + ": '" + QueryParameters.shown(text)
                            + "' is not a date (2026-01-31), a date-time (2026-01-31T10:00) or an instant"
                            + " (2026-01-31T10:00:00Z).",
                    e);
        }
    }
}

package io.webwatch.influxdb;

import io.webwatch.config.WebWatchProperties;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a server answered to a write. Thread-safe. */
final class Answers {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MAX_REASON = 500;
    /** Refusals that are about the request's parameters, which the operator can repair. */
    private static final Pattern PARAMETERS = Pattern.compile(
            "^(database|bucket|org|organi[sz]ation|precision|db|retention policy)\\b.*"
                    + "(required|not found|missing|invalid|empty|exist)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final InfluxDbSettings settings;
    private final InstantSource clock;

    Answers(InfluxDbSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads an answer.
     *
     * @param body the beginning of it, empty when there is none
     * @param location where it redirects to, or null
     */
    Answer of(int status, String body, @Nullable String retryAfter, @Nullable String location) {
        if (status == 204) {
            return Answer.WRITTEN;
        }
        ErrorBody error = ErrorBody.of(body);
        String said = said(status, body, error);
        return switch (status) {
            case 400, 422 -> refusal(said, error);
            case 401 -> retriable(said, "Give a valid token in " + WebWatchProperties.INFLUXDB_TOKEN.name() + ".");
            case 403 ->
                retriable(
                        said,
                        "The token in " + WebWatchProperties.INFLUXDB_TOKEN.name()
                                + " needs the right to write to the bucket '" + settings.bucket() + "'.");
            case 404 ->
                retriable(
                        said,
                        "Create the bucket '" + settings.bucket() + "', or correct "
                                + WebWatchProperties.INFLUXDB_BUCKET.name() + ", "
                                + WebWatchProperties.INFLUXDB_ORG.name() + " or "
                                + WebWatchProperties.INFLUXDB_URL.name() + ".");
            case 413 -> Answer.tooLarge(said);
            default -> other(status, said, retryAfter, location);
        };
    }

    /** What a request that got no answer means. */
    Answer unreachable(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof SocketTimeoutException || e instanceof InterruptedIOException && message.equals("timeout")) {
            return Answer.retriable(
                    "InfluxDB at " + settings.url() + " has not answered within "
                            + settings.timeout().toMillis() + " ms (" + WebWatchProperties.INFLUXDB_TIMEOUT.name()
                            + ").",
                    null);
        }
        return Answer.retriable("InfluxDB at " + settings.url() + " cannot be reached: " + message + ".", null);
    }

    private Answer refusal(String said, ErrorBody error) {
        String message = error.message();
        if (message == null) { // not InfluxDB's words: a proxy, or another server
            return retriable(said, checkUrl());
        }
        if (PARAMETERS.matcher(message).find()) {
            return retriable(
                    said,
                    "Correct " + WebWatchProperties.INFLUXDB_BUCKET.name() + " or "
                            + WebWatchProperties.INFLUXDB_ORG.name() + ".");
        }
        return Answer.refused(said, error.refused());
    }

    private Answer other(int status, String said, @Nullable String retryAfter, @Nullable String location) {
        if (status == 429 || status >= 500 || status == 408 || status == 425) {
            return Answer.retriable(said + ".", wait(retryAfter));
        }
        if (location != null) {
            return retriable(said + ", a redirection to " + location, checkUrl());
        }
        return retriable(said, checkUrl());
    }

    private static String checkUrl() {
        return "Check " + WebWatchProperties.INFLUXDB_URL.name() + ".";
    }

    private static Answer retriable(String said, String remedy) {
        return Answer.retriable(said + ". " + remedy, null);
    }

    private String said(int status, String body, ErrorBody error) {
        String words = error.message() == null ? body : error.message();
        String text = body.stripLeading().startsWith("<") ? words.replaceAll("<[^>]*>", " ") : words;
        String line = text.replaceAll("\\s+", " ").strip();
        String shown = line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "…" : line;
        return "InfluxDB at " + settings.url() + " answers " + status + (shown.isEmpty() ? "" : ": " + shown);
    }

    private @Nullable Duration wait(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        Duration wait = seconds(retryAfter.strip());
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private @Nullable Duration seconds(String text) {
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
            return Duration.between(clock.instant(), then);
        } catch (DateTimeException e) {
            return null;
        }
    }
}

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

/** Interprets the responses of servers to writes. Thread-safe. */
final class Answers {
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final int MAX_REASON = 500;
    /** Refusals of the request's parameters, which an operator can correct. */
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
     * Interprets a response.
     *
     * @param body the beginning of the body, empty if there is none
     * @param location the target of a redirect, or null
     */
    Answer of(int status, String body, @Nullable String retryAfter, @Nullable String location) {
        if (status == 204) {
            return Answer.WRITTEN;
        }
        ErrorBody error = ErrorBody.of(body);
        String said = said(status, body, error);
        return switch (status) {
            case 400, 422 -> refusal(said, error);
            case 401 -> retriable(said, "Set a valid token in " + WebWatchProperties.INFLUXDB_TOKEN.name() + ".");
            case 403 ->
                retriable(
                        said,
                        "The token in " + WebWatchProperties.INFLUXDB_TOKEN.name()
                                + " needs permission to write to the bucket '" + settings.bucket() + "'.");
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

    /** Returns the answer for a request without a response. */
    Answer unreachable(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof SocketTimeoutException || e instanceof InterruptedIOException && message.equals("timeout")) {
            return Answer.retriable(
                    "InfluxDB at " + settings.url() + " did not respond within "
                            + settings.timeout().toMillis() + " ms (" + WebWatchProperties.INFLUXDB_TIMEOUT.name()
                            + ").",
                    null);
        }
        return Answer.retriable("InfluxDB at " + settings.url() + " cannot be reached: " + message + ".", null);
    }

    private Answer refusal(String said, ErrorBody error) {
        String message = error.message();
        if (message == null) { // not a response of InfluxDB, but of a proxy or another server
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
            return retriable(said + ", a redirect to " + location, checkUrl());
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
        return "InfluxDB at " + settings.url() + " responded " + status + (shown.isEmpty() ? "" : ": " + shown);
    }

    private @Nullable Duration wait(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        Duration wait = seconds(retryAfter.strip());
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
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

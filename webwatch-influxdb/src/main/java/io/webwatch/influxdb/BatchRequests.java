package io.webwatch.influxdb;

import io.webwatch.event.Event;
import io.webwatch.sink.WriteResult;
import io.webwatch.sink.WriteResult.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Writes the encoded events of one batch, in as many requests as it takes to know the outcome of each event.
 *
 * <p>When a server refuses lines, it depends on the server which lines of the request it wrote: InfluxDB 1.x the good
 * ones; 2.x and QuestDB none if one cannot be parsed; 3.x as configured. Therefore an event counts as written only if a
 * request that contained it was answered without an error. Events to which the answer refers are sent separately from the
 * others; if it refers to none, the request is split in two. A second copy of a line is harmless, because it replaces the
 * same point. Used for one batch, by one thread.
 */
final class BatchRequests {
    /** Maximum number of requests for one batch. Events without an outcome by then are retried, in a smaller batch. */
    static final int MAX_REQUESTS = 200;

    private final LineEncoder encoded;
    private final Sender sender;
    private final SuspectLines suspects;
    private final List<Failure> rejected = new ArrayList<>();
    private final List<Integer> undecided = new ArrayList<>();
    private @Nullable String retryReason;
    private @Nullable Duration retryAfter;
    private int requests;

    /** Sends a request and waits for its answer. */
    interface Sender {
        Answer send(RequestBody lines) throws InterruptedException;
    }

    BatchRequests(LineEncoder encoded, List<Event> events, Sender sender) {
        this.encoded = encoded;
        this.sender = sender;
        this.suspects = new SuspectLines(encoded, events);
    }

    /** Writes all events, and returns the outcome of each. */
    WriteResult write() throws InterruptedException {
        write(IntStream.range(0, encoded.events()).toArray());
        if (rejected.isEmpty() && undecided.size() == encoded.events()) {
            return WriteResult.retriable(reason(), retryAfter);
        }
        List<Failure> failures = new ArrayList<>(rejected);
        undecided.forEach(event -> failures.add(new Failure(event, true, reason())));
        failures.sort(Comparator.comparing(Failure::retriable).reversed().thenComparing(Failure::index));
        return WriteResult.partial(failures, retryAfter);
    }

    private String reason() {
        return retryReason == null
                ? "InfluxDB refuses more lines than can be found with " + MAX_REQUESTS + " requests."
                : retryReason;
    }

    private void write(int[] events) throws InterruptedException {
        if (retryReason != null || requests == MAX_REQUESTS) {
            leave(events);
            return;
        }
        requests++;
        Answer answer = sender.send(new Lines(encoded, events));
        switch (answer.kind()) {
            case WRITTEN -> {}
            case RETRIABLE -> retry(events, answer);
            case TOO_LARGE -> halve(events, answer);
            case REFUSED -> refused(events, answer);
        }
    }

    private void retry(int[] events, Answer answer) {
        retryReason = answer.reason();
        retryAfter = answer.retryAfter();
        leave(events);
    }

    private void leave(int[] events) {
        Arrays.stream(events).forEach(undecided::add);
    }

    private void refused(int[] events, Answer answer) throws InterruptedException {
        if (events.length == 1 || answer.refused().points() == points(events)) {
            reject(events, answer);
            return;
        }
        int[] found = suspects.in(events, answer.refused());
        if (found.length == 0 || found.length == events.length) {
            halve(events, answer);
            return;
        }
        write(without(events, found));
        if (answer.refused().conflict() == null) {
            for (int suspect : found) {
                write(new int[] {suspect});
            }
        } else {
            write(found); // the answer will include their number, so one request is enough
        }
    }

    private void halve(int[] events, Answer answer) throws InterruptedException {
        if (events.length == 1) {
            reject(events, answer);
            return;
        }
        int middle = events.length / 2;
        write(Arrays.copyOfRange(events, 0, middle));
        write(Arrays.copyOfRange(events, middle, events.length));
    }

    private void reject(int[] events, Answer answer) {
        for (int event : events) {
            rejected.add(new Failure(event, false, answer.reason()));
        }
    }

    private long points(int[] events) {
        return Arrays.stream(events).mapToLong(encoded::lines).sum();
    }

    private static int[] without(int[] events, int[] left) {
        return Arrays.stream(events)
                .filter(event -> Arrays.binarySearch(left, event) < 0)
                .toArray();
    }
}

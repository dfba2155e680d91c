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
 * Writes the encoded events of one batch and finds out what became of each.
 *
 * <p>When a server refuses lines, what it wrote of the request differs: InfluxDB 1.x the good lines, 2.x and QuestDB none
 * where one cannot be parsed, 3.x as configured. So nothing counts as written but what a request without any error held:
 * the lines that the answer points at are sent apart from the others, and where it points at none, the request is halved.
 * A second copy of a line does no harm, because it names the same point. Used for one batch, by one thread.
 */
final class BatchWriter {
    /** Most requests for one batch; what is not decided by then comes again, and is fewer then. */
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

    BatchWriter(LineEncoder encoded, List<Event> events, Sender sender) {
        this.encoded = encoded;
        this.sender = sender;
        this.suspects = new SuspectLines(encoded, events);
    }

    /** Writes all. */
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
        return retryReason == null ? "InfluxDB refuses more lines than can be sorted out in one go." : retryReason;
    }

    private void write(int[] events) throws InterruptedException {
        if (retryReason != null || requests == MAX_REQUESTS) {
            leave(events); // the server does not take more now
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
            write(found); // the server counts them, so that one request tells
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

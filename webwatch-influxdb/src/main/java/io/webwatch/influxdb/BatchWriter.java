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
 * A second copy of a line does no harm, because it names the same point.
 *
 * <p>A refusal can also come as a failure: of a gateway that dislikes a text, or of a server that trips over a line. So a
 * batch on which the server has failed before is halved on failures too ({@link #suspicious}), and an event is rejected with
 * which it fails while it takes a known good one before and after. Used for one batch, by one thread.
 */
final class BatchWriter {
    /** Most requests for one batch; what is not decided by then comes again, and is fewer then. */
    static final int MAX_REQUESTS = 200;

    /** Failures in a row after which the server, and no event, is taken to be at fault: halving a batch down takes fewer. */
    private static final int MAX_FAILURES = 24;

    private final LineEncoder encoded;
    private final Sender sender;
    private final SuspectLines suspects;
    private final List<Failure> rejected = new ArrayList<>();
    private final List<Integer> undecided = new ArrayList<>();
    private final List<Failure> failed = new ArrayList<>();
    private @Nullable RequestBody good;
    private boolean suspicious;
    private @Nullable String retryReason;
    private @Nullable Duration retryAfter;
    private boolean sawFailure;
    private int failuresInARow;
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

    /**
     * Looks for events at fault when the server fails.
     *
     * @param knownGood lines that the server has taken before, or null
     */
    BatchWriter suspicious(@Nullable RequestBody knownGood) {
        suspicious = true;
        good = knownGood;
        return this;
    }

    /** Whether the server failed on some request, so that the batch is suspicious when it comes again. */
    boolean sawFailure() {
        return sawFailure;
    }

    /** Writes all. */
    WriteResult write() throws InterruptedException {
        int[] all = IntStream.range(0, encoded.events()).toArray();
        if (isServerAway()) {
            leave(all);
        } else {
            write(all);
        }
        for (Failure failure : failed) {
            if (retryReason == null && isAtFault(failure.index())) {
                rejected.add(failure);
            } else {
                retryReason = retryReason == null ? failure.reason() : retryReason;
                undecided.add(failure.index());
            }
        }
        if (rejected.isEmpty() && undecided.size() == encoded.events()) {
            return WriteResult.retriable(reason(), retryAfter);
        }
        List<Failure> failures = new ArrayList<>(rejected);
        undecided.forEach(event -> failures.add(new Failure(event, true, reason())));
        failures.sort(Comparator.comparing(Failure::retriable).reversed().thenComparing(Failure::index));
        return WriteResult.partial(failures, retryAfter);
    }

    /** Whether the server fails on what it has taken before, so that no event is to blame. */
    private boolean isServerAway() throws InterruptedException {
        if (!suspicious || good == null) {
            return false;
        }
        Answer answer = sender.send(good);
        sawFailure = answer.kind() == Answer.Kind.FAILED;
        retryReason = answer.isWritten() ? null : answer.reason();
        retryAfter = answer.retryAfter();
        return !answer.isWritten();
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
        Lines lines = new Lines(encoded, events);
        Answer answer = sender.send(lines);
        failuresInARow = answer.kind() == Answer.Kind.FAILED ? failuresInARow + 1 : 0;
        switch (answer.kind()) {
            case WRITTEN -> good = new Lines(encoded, new int[] {events[0]});
            case RETRIABLE -> retry(events, answer);
            case TOO_LARGE -> halve(events, answer);
            case REFUSED -> refused(events, answer);
            case FAILED -> failed(events, answer);
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

    private void failed(int[] events, Answer answer) throws InterruptedException {
        sawFailure = true;
        if (!suspicious || failuresInARow > MAX_FAILURES) {
            retry(events, answer);
        } else if (events.length == 1) {
            failed.add(new Failure(events[0], false, answer.reason() + " It fails on this event alone."));
        } else {
            halve(events, answer);
        }
    }

    /** Whether the server takes the good lines, fails on the event, and takes the good lines again. */
    private boolean isAtFault(int event) throws InterruptedException {
        RequestBody known = good;
        return known != null
                && sender.send(known).isWritten()
                && sender.send(new Lines(encoded, new int[] {event})).kind() == Answer.Kind.FAILED
                && sender.send(known).isWritten();
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

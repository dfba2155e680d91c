package io.webwatch.influxdb;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.WriteResult;
import io.webwatch.sink.WriteResult.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to InfluxDB as the points of {@code docs/influxdb.md}. A repeated write replaces the same points. One batch
 * is in flight, and {@link #write} blocks until its outcome is known. Used by the sink's worker only, except for {@link
 * #warnings}, which is thread-safe.
 */
final class InfluxDbSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(InfluxDbSink.class);

    private final InfluxDbSettings settings;
    private final WriteClient client;
    private final LineEncoder encoder;
    private final BucketRetention retention;
    private final Set<String> loggedOverflows = new HashSet<>();

    /** Opens the sink. The first request to the server is made by a write. */
    InfluxDbSink(InfluxDbSettings settings, SinkContext context) {
        this.settings = settings;
        this.client = new WriteClient(settings, context.clock());
        this.encoder = new LineEncoder(settings.maxTagValues());
        this.retention = new BucketRetention(settings, client.client());
    }

    @Override
    public CompletionStage<WriteResult> write(EventBatch batch) {
        try {
            String trouble = retention.apply();
            if (trouble != null) {
                return CompletableFuture.completedStage(WriteResult.retriable(trouble));
            }
            WriteResult result = write(batch.events());
            logOverflows();
            return CompletableFuture.completedStage(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedStage(WriteResult.retriable("The write was interrupted."));
        }
    }

    /** Writes one request after another. After a request that must be retried, no further one is sent. */
    private WriteResult write(List<Event> events) throws InterruptedException {
        List<Failure> failures = new ArrayList<>();
        Duration retryAfter = null;
        boolean stopped = false;
        for (int from = 0, count; from < events.size() && !stopped; from += count) {
            List<Event> rest = events.subList(from, events.size());
            count = encoder.encode(rest);
            WriteResult result = new BatchRequests(encoder, rest, client::write).write();
            if (count == events.size()) {
                return result;
            }
            stopped = result.isAllRetriable() || result.failures().stream().anyMatch(Failure::retriable);
            retryAfter = result.retryAfter();
            add(failures, result, from, count);
            if (stopped) {
                String reason = reason(result);
                IntStream.range(from + count, events.size())
                        .forEach(index -> failures.add(new Failure(index, true, reason)));
            }
        }
        return WriteResult.partial(failures, retryAfter);
    }

    private static void add(List<Failure> failures, WriteResult result, int from, int count) {
        if (result.isAllRetriable()) {
            String reason = reason(result);
            IntStream.range(from, from + count).forEach(index -> failures.add(new Failure(index, true, reason)));
        } else {
            result.failures()
                    .forEach(failure ->
                            failures.add(new Failure(from + failure.index(), failure.retriable(), failure.reason())));
        }
    }

    private static String reason(WriteResult result) {
        return result.reason() == null ? "The request before it must be retried." : result.reason();
    }

    private void logOverflows() {
        encoder.overflows().forEach((tag, count) -> {
            if (loggedOverflows.add(tag)) {
                LOG.warn("{}", overflow(tag, count));
            }
        });
    }

    private String overflow(String tag, long count) {
        return "The InfluxDB tag '" + tag + "' has reached the limit of " + settings.maxTagValues()
                + " distinct values (webwatch.influxdb.max-tag-values). Further values are written as "
                + TagValues.OTHER + ": " + count + " so far. Raise the limit, or reduce the number of values.";
    }

    /** Returns warnings about tags with too many values, and about a retention that could not be set. */
    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Map.Entry<String, Long> tag : encoder.overflows().entrySet()) {
            warnings.add(overflow(tag.getKey(), tag.getValue()));
        }
        retention.warning().ifPresent(warnings::add);
        return warnings;
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return "InfluxDbSink[" + settings + "]";
    }
}

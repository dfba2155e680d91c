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
 * Writes events to InfluxDB as the points of {@code docs/influxdb.md}. A repeated write replaces the same points. One
 * batch is in flight; {@link #write} returns when it is decided. {@link #warnings} is thread-safe, the rest belongs to the
 * sink's worker.
 */
final class InfluxDbSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(InfluxDbSink.class);

    private final InfluxDbSettings settings;
    private final WriteClient client;
    private final LineEncoder encoder;
    private final BucketRetention retention;
    private final Set<String> overflowsTold = new HashSet<>();

    /** Opens the sink; the server is first asked by a write. */
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
            tellOverflows();
            return CompletableFuture.completedStage(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedStage(WriteResult.retriable("The write was interrupted."));
        }
    }

    /** Writes request after request; what follows one that is to be tried again is not begun. */
    private WriteResult write(List<Event> events) throws InterruptedException {
        List<Failure> failures = new ArrayList<>();
        Duration retryAfter = null;
        boolean stopped = false;
        for (int from = 0, count; from < events.size() && !stopped; from += count) {
            List<Event> rest = events.subList(from, events.size());
            count = encoder.encode(rest);
            WriteResult result = new BatchWriter(encoder, rest, client::write).write();
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
        return result.reason() == null ? "The request before it is to be tried again." : result.reason();
    }

    private void tellOverflows() {
        encoder.overflows().forEach((tag, count) -> {
            if (overflowsTold.add(tag)) {
                LOG.warn("{}", overflow(tag, count));
            }
        });
    }

    private String overflow(String tag, long count) {
        return "InfluxDB: the tag '" + tag + "' has more than " + settings.maxTagValues()
                + " distinct values (webwatch.influxdb.max-tag-values); further ones are written as "
                + TagValues.OTHER + ", " + count + " so far.";
    }

    /** Sentences about tags that met their bound, and about a retention that could not be set. */
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

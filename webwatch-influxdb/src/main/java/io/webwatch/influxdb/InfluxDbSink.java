package io.webwatch.influxdb;

import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.WriteResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
            encoder.encode(batch.events());
            WriteResult result = new BatchWriter(encoder, batch.events(), client::write).write();
            tellOverflows();
            return CompletableFuture.completedStage(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedStage(WriteResult.retriable("The write was interrupted."));
        }
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

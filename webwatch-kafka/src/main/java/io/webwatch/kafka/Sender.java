package io.webwatch.kafka;

import io.webwatch.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes records to Kafka's producer and reports their outcomes. {@link #send} and {@link #checkProgress} are called by one
 * thread, which may block there. The other methods are thread-safe.
 */
final class Sender {
    /** The metrics of the producer that the sink reports, with their names in the sink's status. */
    private static final Map<String, String> METRICS = Map.of(
            "record-send-total", "records_sent",
            "record-retry-total", "records_retried",
            "record-error-total", "records_failed",
            "batch-split-total", "batches_split",
            "outgoing-byte-total", "sent_bytes",
            "compression-rate-avg", "compression_ratio",
            "request-latency-avg", "request_latency_ms",
            "record-queue-time-avg", "queue_time_ms",
            "buffer-available-bytes", "buffer_free_bytes");

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final int SHRINK = 4;

    private final KafkaSettings settings;
    private final Halt halt;
    private final SplitWatch splits = new SplitWatch(); // of the sending thread
    private final AtomicLong outcomes = new AtomicLong();
    private final int wantedBatchSize;
    private volatile int batchSize;
    private volatile @Nullable Producer<byte[], byte[]> outgrown;
    private final RefusedTopics refused;
    private final AtomicReference<@Nullable Producer<byte[], byte[]>> open = new AtomicReference<>();
    private volatile boolean isClosed;

    /**
     * Creates the first producer.
     *
     * @param halt receives batches that were not written completely
     */
    Sender(KafkaSettings settings, Halt halt, TimeSource time) {
        this.settings = settings;
        this.halt = halt;
        this.refused = new RefusedTopics(time);
        this.wantedBatchSize = settings.batchSize();
        this.batchSize = wantedBatchSize;
        open.set(newProducer());
    }

    private Producer<byte[], byte[]> newProducer() {
        Map<String, Object> properties = settings.producer();
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, batchSize);
        try {
            Producer<byte[], byte[]> created = new KafkaProducer<>(properties);
            splits.reset();
            return created;
        } catch (KafkaException e) {
            throw new KafkaException("Could not create Kafka's producer: " + Failures.construction(e), e);
        }
    }

    /** Sends the records of a batch in order. Stops at the first one that cannot be sent now. */
    void send(List<ProducerRecord<byte[], byte[]>> records, BatchWrite write) {
        Producer<byte[], byte[]> producer = producer();
        for (int index = 0; index < records.size(); index++) {
            ProducerRecord<byte[], byte[]> record = records.get(index);
            Attempt attempt = new Attempt(producer, write, index, record.topic());
            attempt.send(record);
            if (attempt.hasHalted()) {
                write.notBegun(index + 1, "An earlier event was not written.");
                return;
            }
        }
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> current = open.get();
        if (current == null) {
            if (isClosed) {
                throw new IllegalStateException("The sink was closed.");
            }
            current = newProducer();
            open.set(current);
        }
        return current;
    }

    /** Closes a producer with everything that it buffers. Does not block, and may be called on the producer's thread. */
    private void abandon(Producer<byte[], byte[]> producer) {
        if (open.compareAndSet(producer, null)) {
            producer.close(Duration.ZERO);
        }
    }

    /**
     * Checks whether the producer makes progress. Must be called on the sending thread, at regular intervals while events
     * are in flight. A producer that splits batches without success is replaced by one with smaller batches, down to one
     * event per batch. If even that is too large, the event is rejected.
     */
    void checkProgress() {
        Producer<byte[], byte[]> current = open.get();
        if (current == null || batchSize <= 1 || !splits.isInVain(splitsOf(current), outcomes.get())) {
            return;
        }
        batchSize = Math.max(1, batchSize / SHRINK);
        LOG.warn("{}", smallBatches());
        outgrown = current;
        abandon(current);
    }

    private static double splitsOf(Producer<byte[], byte[]> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("batch-split-total"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    /** Returns warnings about degraded operation. */
    List<String> warnings() {
        return batchSize == wantedBatchSize ? List.of() : List.of(smallBatches());
    }

    private String smallBatches() {
        return "A Kafka topic does not accept the producer's batches of " + wantedBatchSize
                + " bytes. Reduced them to " + batchSize
                + " bytes. Raise the topic's max.message.bytes and restart, or set"
                + " webwatch.kafka.properties.batch.size to less.";
    }

    /** Returns the metrics of the open producer. */
    Map<String, Double> metrics() {
        Producer<byte[], byte[]> current = open.get();
        Map<String, Double> reported = new TreeMap<>();
        if (current != null) {
            current.metrics().forEach((name, metric) -> {
                String ours = name.group().equals("producer-metrics") ? METRICS.get(name.name()) : null;
                if (ours != null && metric.metricValue() instanceof Double value && Double.isFinite(value)) {
                    reported.put(ours, value);
                }
            });
        }
        return reported;
    }

    /** Waits for events in flight, at most for the given time, and gives up on the others. */
    void close(Duration timeout) {
        isClosed = true;
        Producer<byte[], byte[]> current = open.getAndSet(null);
        if (current != null) {
            current.close(timeout);
        }
    }

    /** One event in flight. Its outcome may arrive before {@code send} returns, or later on the producer's thread. */
    private final class Attempt implements Callback {
        private final Producer<byte[], byte[]> producer;
        private final BatchWrite write;
        private final int index;
        private final String topic;
        private final Thread thread = Thread.currentThread();
        private boolean isSending = true; // of the sending thread
        private boolean hasHalted; // of the sending thread

        Attempt(Producer<byte[], byte[]> producer, BatchWrite write, int index, String topic) {
            this.producer = producer;
            this.write = write;
            this.index = index;
            this.topic = topic;
        }

        void send(ProducerRecord<byte[], byte[]> record) {
            String known = refused.reason(topic);
            if (known != null) {
                write.rejected(index, known);
                return;
            }
            try {
                producer.send(record, this);
            } catch (RuntimeException | Error e) { // the callback will not be called
                failed(e);
            }
            isSending = false;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            outcomes.incrementAndGet();
            try {
                if (failure == null) {
                    write.written(index);
                } else {
                    failed(failure);
                }
            } catch (Error e) { // thrown, it would end the thread of the producer, and no outcome would arrive any more
                LOG.warn("Could not record the outcome of an event. Its batch is written again.", e);
                write.retriable(index, e.toString());
            }
        }

        /** Returns whether no later event may be sent. */
        boolean hasHalted() {
            return hasHalted;
        }

        private void failed(Throwable failure) {
            boolean isInSend = Thread.currentThread() == thread && isSending;
            String reason = Failures.reason(failure, topic);
            if (Failures.isRejection(failure)) {
                if (isInSend
                        && (failure instanceof TopicAuthorizationException
                                || failure instanceof InvalidTopicException)) {
                    refused.add(topic, reason);
                }
                write.rejected(index, reason);
                return;
            }
            halt.at(write.batch());
            if (isInSend) {
                hasHalted = true;
            }
            if (!isInSend || !Failures.leavesProducerUsable(failure)) {
                abandon(producer);
            }
            write.retriable(index, producer == outgrown ? smallBatches() : reason);
        }
    }
}

package io.webwatch.kafka;

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
 * Hands records to Kafka's producer and tells what becomes of them. {@link #send} belongs to one thread, which may wait
 * there; the other methods may be called by any.
 */
final class Sender {
    /** What of the producer's many metrics tells how it is, and its name with us. */
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
    private final SplitWatch splits = new SplitWatch(); // the sending thread's own
    private final AtomicLong outcomes = new AtomicLong();
    private final int wantedBatchSize;
    private volatile int batchSize;
    private volatile @Nullable Producer<byte[], byte[]> outgrown;
    private final RefusedTopics refused = new RefusedTopics();
    private final AtomicReference<@Nullable Producer<byte[], byte[]>> open = new AtomicReference<>();
    private volatile boolean isClosed;

    /**
     * Makes the first producer.
     *
     * @param halt is told of batches that were not wholly written
     */
    Sender(KafkaSettings settings, Halt halt) {
        this.settings = settings;
        this.halt = halt;
        this.wantedBatchSize = settings.batchSize();
        this.batchSize = wantedBatchSize;
        open.set(newProducer());
    }

    private Producer<byte[], byte[]> newProducer() {
        Map<String, Object> properties = settings.producer();
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, batchSize);
        try {
            Producer<byte[], byte[]> made = new KafkaProducer<>(properties);
            splits.reset();
            return made;
        } catch (KafkaException e) {
            throw new KafkaException("Kafka's producer cannot be made: " + Failures.construction(e), e);
        }
    }

    /** Sends the records of a batch, in order; stops at the first that cannot be sent now. */
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

    /** Gives a producer up with all that it holds; does not wait, and may be called on its own thread. */
    private void abandon(Producer<byte[], byte[]> producer) {
        if (open.compareAndSet(producer, null)) {
            producer.close(Duration.ZERO);
        }
    }

    /**
     * Looks whether the producer gets on; to be called on the sending thread, at regular times while events are on their
     * way. One that splits batches in vain is replaced by one with smaller batches: down to one event each, which is
     * refused if even that is too large.
     */
    void look() {
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

    /** What is degraded although events are written. */
    List<String> warnings() {
        return batchSize == wantedBatchSize ? List.of() : List.of(smallBatches());
    }

    private String smallBatches() {
        return "A topic in Kafka takes less at once than the producer's batches of " + wantedBatchSize
                + " bytes, which are now of " + batchSize
                + " bytes. Raise the topic's max.message.bytes and restart, or set"
                + " webwatch.kafka.properties.batch.size below it.";
    }

    /** Figures of the producer that is open. */
    Map<String, Double> metrics() {
        Producer<byte[], byte[]> current = open.get();
        Map<String, Double> told = new TreeMap<>();
        if (current != null) {
            current.metrics().forEach((name, metric) -> {
                String ours = name.group().equals("producer-metrics") ? METRICS.get(name.name()) : null;
                if (ours != null && metric.metricValue() instanceof Double value && Double.isFinite(value)) {
                    told.put(ours, value);
                }
            });
        }
        return told;
    }

    /** Waits for what is on its way, at most so long, and gives up the rest. */
    void close(Duration longest) {
        isClosed = true;
        Producer<byte[], byte[]> current = open.getAndSet(null);
        if (current != null) {
            current.close(longest);
        }
    }

    /** One event on its way: its outcome may come before {@code send} returns, or later on the producer's thread. */
    private final class Attempt implements Callback {
        private final Producer<byte[], byte[]> producer;
        private final BatchWrite write;
        private final int index;
        private final String topic;
        private final Thread thread = Thread.currentThread();
        private boolean isSending = true; // the sending thread's own
        private boolean hasHalted; // the sending thread's own

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
            } catch (RuntimeException | LinkageError e) { // no outcome will come of it
                failed(e);
            }
            isSending = false;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            outcomes.incrementAndGet();
            if (failure == null) {
                write.written(index);
            } else {
                failed(failure);
            }
        }

        /** Whether no later event may be sent. */
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

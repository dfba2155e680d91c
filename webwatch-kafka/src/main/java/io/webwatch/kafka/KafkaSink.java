package io.webwatch.kafka;

import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to Kafka by an idempotent producer, several batches in flight. What concerns one event is rejected alone;
 * everything else is retriable. {@link #write} and {@link #close} belong to the sink's worker, which may block for {@code
 * max.block.ms} in a write and {@link #CLOSE} in closing; outcomes come on the producer's thread.
 *
 * <p>The producer repeats by itself, in order, until {@code delivery.timeout.ms}. When it has given an event up, later ones
 * must not overtake it: the producer is closed at once, with everything that it still holds, the next write has a new one,
 * and later batches are halted until the failed one comes again.
 */
final class KafkaSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final int MAX_IN_FLIGHT = 10;
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final Records records;
    private final AtomicReference<@Nullable Producer<byte[], byte[]>> open = new AtomicReference<>();
    private final Halt halt = new Halt(MAX_IN_FLIGHT);
    private final RefusedTopics refused = new RefusedTopics();

    private KafkaSink(KafkaSettings settings) {
        this.settings = settings;
        this.records = new Records(settings.topics());
        open.set(newProducer(settings));
    }

    static KafkaSink open(KafkaSettings settings) throws Exception {
        if (settings.createTopics()) {
            TopicCreator.create(settings);
        }
        KafkaSink sink = new KafkaSink(settings);
        LOG.info("Events go to the Kafka brokers {}, topics {}.", settings.servers(), settings.topicNames());
        return sink;
    }

    @Override
    public int maxInFlight() {
        return MAX_IN_FLIGHT;
    }

    @Override
    public CompletionStage<WriteResult> write(EventBatch batch) {
        if (!halt.passes(batch)) {
            return CompletableFuture.completedStage(WriteResult.retriable("An earlier batch was not written."));
        }
        BatchWrite write = new BatchWrite(batch);
        Producer<byte[], byte[]> producer = producer();
        for (int index = 0; index < batch.size(); index++) {
            Attempt attempt = new Attempt(producer, write, index);
            attempt.send(records.of(batch.events().get(index)));
            if (attempt.hasHalted()) {
                write.notBegun(index + 1, "An earlier event was not written.");
                break;
            }
        }
        return write.stage();
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> current = open.get();
        if (current == null) {
            current = newProducer(settings);
            open.set(current);
        }
        return current;
    }

    private static Producer<byte[], byte[]> newProducer(KafkaSettings settings) {
        try {
            return new KafkaProducer<>(settings.producer());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause(); // which says what, where the outer one does not
            throw new KafkaException("Kafka's producer cannot be made: " + cause.getMessage(), e);
        }
    }

    /** Gives a producer up with all that it holds; does not wait, and may be called on its own thread. */
    private void abandon(Producer<byte[], byte[]> producer) {
        if (open.compareAndSet(producer, null)) {
            producer.close(Duration.ZERO);
        }
    }

    /** One event on its way: its outcome may come before {@code send} returns, or later on the producer's thread. */
    private final class Attempt {
        private final Producer<byte[], byte[]> producer;
        private final BatchWrite write;
        private final int index;
        private final Thread worker = Thread.currentThread();
        private boolean isSending = true; // the worker's own
        private boolean hasHalted; // the worker's own

        Attempt(Producer<byte[], byte[]> producer, BatchWrite write, int index) {
            this.producer = producer;
            this.write = write;
            this.index = index;
        }

        void send(ProducerRecord<byte[], byte[]> record) {
            String topic = record.topic();
            String known = refused.reason(topic);
            if (known != null) {
                write.rejected(index, known);
                return;
            }
            try {
                producer.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        write.written(index);
                    } else {
                        failed(failure, topic);
                    }
                });
            } catch (RuntimeException e) { // no outcome will come of it
                failed(e, topic);
            }
            isSending = false;
        }

        /** Whether no later event may be sent. */
        boolean hasHalted() {
            return hasHalted;
        }

        private void failed(Throwable failure, String topic) {
            boolean isInSend = Thread.currentThread() == worker && isSending;
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
            write.retriable(index, reason);
        }
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> current = open.getAndSet(null);
        if (current != null) {
            current.close(CLOSE);
        }
    }

    @Override
    public String toString() {
        return "KafkaSink[" + settings.servers() + "]";
    }
}

package io.webwatch.kafka;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to Kafka by an idempotent producer, several batches in flight. What concerns one event is rejected alone;
 * everything else is retriable. {@link #write} and {@link #close} belong to the sink's worker, which may block for {@code
 * max.block.ms} in a write and {@link #CLOSE} in closing; outcomes come on the producer's thread.
 *
 * <p>The producer repeats by itself, in order, until {@code delivery.timeout.ms}. When it has given an event up, later ones
 * must not overtake it: it is closed at once, with everything that it still holds, and the next write has a new one.
 */
final class KafkaSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final int MAX_IN_FLIGHT = 5;
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final Records records;
    private final AtomicReference<@Nullable Producer<byte[], byte[]>> open = new AtomicReference<>();

    private KafkaSink(KafkaSettings settings) {
        this.settings = settings;
        this.records = new Records(settings.topics());
        open.set(new KafkaProducer<>(settings.producer()));
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
        BatchWrite write = new BatchWrite(batch);
        Producer<byte[], byte[]> producer = producer();
        for (int index = 0; index < batch.size(); index++) {
            Attempt attempt = new Attempt(producer, write, index);
            attempt.send(batch.events().get(index));
            String halt = attempt.endSend();
            if (halt != null) {
                write.notBegun(index + 1, halt);
                break;
            }
        }
        return write.stage();
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> current = open.get();
        if (current == null) {
            current = new KafkaProducer<>(settings.producer());
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

    /** One event on its way: its outcome may come before {@code send} returns, or later on the producer's thread. */
    private final class Attempt {
        private final Producer<byte[], byte[]> producer;
        private final BatchWrite write;
        private final int index;
        private final Thread sender = Thread.currentThread();
        private boolean sending = true; // the worker's own
        private @Nullable String halt; // the worker's own

        Attempt(Producer<byte[], byte[]> producer, BatchWrite write, int index) {
            this.producer = producer;
            this.write = write;
            this.index = index;
        }

        void send(Event event) {
            ProducerRecord<byte[], byte[]> record = records.of(event);
            try {
                producer.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        write.written(index);
                    } else {
                        failed(failure, record.topic());
                    }
                });
            } catch (RuntimeException e) { // no outcome will come of it
                failed(e, record.topic());
            }
        }

        /** Ends the part of the worker; why no later event may be sent, or null when the next one may. */
        @Nullable
        String endSend() {
            sending = false;
            return halt;
        }

        private void failed(Throwable failure, String topic) {
            String reason = Failures.reason(failure, topic);
            if (Failures.isRejection(failure)) {
                write.rejected(index, reason);
                return;
            }
            if (Thread.currentThread() == sender && sending) {
                halt = reason;
                if (!Failures.leavesProducerUsable(failure)) {
                    abandon(producer);
                }
            } else {
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

package io.webwatch.kafka;

import io.webwatch.event.Event;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to Kafka by an idempotent producer, several batches in flight. What concerns one event is rejected alone;
 * everything else is retriable. {@link #write} and {@link #close} belong to the sink's worker. It makes the records while a
 * thread of the sink's own hands those of the batch before it to the producer, where it may wait for {@code max.block.ms};
 * outcomes come on the producer's thread.
 *
 * <p>The producer repeats by itself, in order, until {@code delivery.timeout.ms}. When it has given an event up, later ones
 * must not overtake it: the producer is closed at once, with everything that it still holds, the next write has a new one,
 * and later batches are halted until the failed one comes again.
 */
final class KafkaSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final int MAX_IN_FLIGHT = 10;
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 500;
    private static final String BEHIND = "An earlier batch was not written.";

    private final KafkaSettings settings;
    private final Records records;
    private final Halt halt = new Halt(MAX_IN_FLIGHT);
    private final Sender sender;
    private final Set<BatchWrite> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isLookDue = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "webwatch-sink-kafka-sender");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable ScheduledFuture<?> nextLook;

    private KafkaSink(KafkaSettings settings) {
        this.settings = settings;
        this.records = new Records(settings.topics());
        this.sender = new Sender(settings, halt);
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
            return CompletableFuture.completedStage(WriteResult.retriable(BEHIND));
        }
        List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>(batch.size());
        for (Event event : batch.events()) {
            made.add(records.of(event));
        }
        BatchWrite write = new BatchWrite(batch);
        open.add(write);
        executor.execute(new Sending(write, made));
        return write.stage().whenComplete((result, failure) -> open.remove(write));
    }

    /** While events are on their way, and not else: who is idle needs no timer. */
    private void lookLater() {
        if (!open.isEmpty() && isLookDue.compareAndSet(false, true)) {
            nextLook = executor.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        isLookDue.set(false);
        sender.look();
        lookLater();
    }

    @Override
    public List<String> warnings() {
        return sender.warnings();
    }

    @Override
    public Map<String, Double> metrics() {
        return sender.metrics();
    }

    /** A batch on its way to the producer. */
    private final class Sending implements Runnable {
        private final BatchWrite write;
        private final List<ProducerRecord<byte[], byte[]>> made;

        Sending(BatchWrite write, List<ProducerRecord<byte[], byte[]>> made) {
            this.write = write;
            this.made = made;
        }

        @Override
        public void run() {
            if (halt.isAhead(write.batch())) {
                write.notBegun(0, BEHIND);
                return;
            }
            try {
                sender.send(made, write);
            } catch (RuntimeException | LinkageError e) { // the thread must go on, and every stage must end
                halt.at(write.batch());
                write.notBegun(0, Failures.message(e));
            }
            lookLater();
        }
    }

    /** Ends what was begun, for a few seconds; what is left then is told as not written. */
    @Override
    public void close() {
        ScheduledFuture<?> look = nextLook;
        if (look != null) {
            look.cancel(false);
        }
        executor.shutdown();
        boolean isInterrupted = false;
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        executor.shutdownNow();
        sender.close(CLOSE);
        open.forEach(write -> write.notBegun(0, "The sink was closed."));
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "KafkaSink[" + settings.servers() + "]";
    }
}

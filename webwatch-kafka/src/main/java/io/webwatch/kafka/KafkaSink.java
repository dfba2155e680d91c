package io.webwatch.kafka;

import io.webwatch.event.Event;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.TimeSource;
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
 * Writes events to Kafka with an idempotent producer and several batches in flight. A failure that is caused by a single
 * event rejects that event only; all other failures are retriable.
 *
 * <p>{@link #write} and {@link #close} are called by the sink's worker, which creates the records. Meanwhile the sink's
 * sender thread passes the records of the previous batch to the producer, where it may block for {@code max.block.ms}.
 * Outcomes arrive on the producer's thread.
 *
 * <p>The producer retries by itself, in order, until {@code delivery.timeout.ms}. When it gives up on an event, later ones
 * must not overtake it. Therefore the producer is closed immediately, with everything that it still buffers; the next write
 * creates a new one; and later batches are refused until the failed one is repeated.
 */
final class KafkaSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final int MAX_IN_FLIGHT = 10;
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final long CHECK_MILLIS = 500;
    private static final String BEHIND = "An earlier batch was not written.";

    private final KafkaSettings settings;
    private final Records records;
    private final Halt halt = new Halt(MAX_IN_FLIGHT);
    private final Sender sender;
    private final Set<BatchWrite> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isCheckScheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("webwatch-sink-kafka-sender"));
    private volatile @Nullable ScheduledFuture<?> nextCheck;

    private KafkaSink(KafkaSettings settings, TimeSource time) {
        this.settings = settings;
        this.records = new Records(settings.topics());
        this.sender = new Sender(settings, halt, time);
    }

    static KafkaSink open(KafkaSettings settings, TimeSource time) throws Exception {
        if (settings.createTopics()) {
            TopicCreator.create(settings);
        }
        KafkaSink sink = new KafkaSink(settings, time);
        LOG.info("Writing events to the Kafka brokers {}, topics {}.", settings.servers(), settings.topicNames());
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
        List<ProducerRecord<byte[], byte[]>> created = new ArrayList<>(batch.size());
        for (Event event : batch.events()) {
            created.add(records.of(event));
        }
        BatchWrite write = new BatchWrite(batch);
        open.add(write);
        executor.execute(new Sending(write, created));
        return write.stage().whenComplete((result, failure) -> open.remove(write));
    }

    /** Schedules a check of the producer's progress if events are in flight. An idle sink has no timer. */
    private void scheduleCheck() {
        if (!open.isEmpty() && isCheckScheduled.compareAndSet(false, true)) {
            nextCheck = executor.schedule(this::check, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void check() {
        isCheckScheduled.set(false);
        try {
            sender.checkProgress();
        } catch (RuntimeException | Error e) { // the executor would discard it without a word
            LOG.warn(
                    "Could not check the progress of Kafka's producer. The next check is due in {} ms.",
                    CHECK_MILLIS,
                    e);
        }
        scheduleCheck();
    }

    @Override
    public List<String> warnings() {
        return sender.warnings();
    }

    @Override
    public Map<String, Double> metrics() {
        return sender.metrics();
    }

    /** Passes the records of a batch to the producer. */
    private final class Sending implements Runnable {
        private final BatchWrite write;
        private final List<ProducerRecord<byte[], byte[]>> created;

        Sending(BatchWrite write, List<ProducerRecord<byte[], byte[]>> created) {
            this.write = write;
            this.created = created;
        }

        @Override
        public void run() {
            if (halt.isAhead(write.batch())) {
                write.notBegun(0, BEHIND);
                return;
            }
            try {
                sender.send(created, write);
            } catch (RuntimeException | Error e) { // the thread must survive, and every stage must complete
                halt.at(write.batch());
                write.notBegun(0, Failures.message(e));
            }
            scheduleCheck();
        }
    }

    /** Waits a few seconds for the events in flight; reports the others as not written. */
    @Override
    public void close() {
        ScheduledFuture<?> check = nextCheck;
        if (check != null) {
            check.cancel(false);
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

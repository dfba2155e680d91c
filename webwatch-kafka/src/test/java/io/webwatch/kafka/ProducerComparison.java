package io.webwatch.kafka;

import com.sun.management.OperatingSystemMXBean;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.fixture.Directories;
import io.webwatch.kafka.broker.KafkaBroker;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.WriteResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Compares the sink's events per second to a real broker with those of a bare producer that has the same settings and gets
 * the same records, created beforehand. Rounds alternate, and the medians are compared. With {@code compression}, measures
 * the cost of each compression instead. Run by {@code webwatch-kafka/benchmark}.
 */
final class ProducerComparison {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double BUDGET = 0.9;
    private static final int BATCH = 1000;
    private static final int BATCHES = 100;
    private static final int WARM_UP = 8; // rounds until the JIT compiler has little left to do
    private static final int REPEATS = 4; // makes a round long enough that its begin and end do not matter

    private final String servers;
    private final AtomicLong failures = new AtomicLong();
    private final List<EventBatch> batches = new VisitEvents().batches(BATCHES, BATCH);

    private ProducerComparison(String servers) {
        this.servers = servers;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("webwatch-kafka-benchmark");
        try (KafkaBroker broker = KafkaBroker.started(directory, Map.of("num.partitions", "3"))) {
            ProducerComparison comparison = new ProducerComparison(broker.bootstrapServers());
            TopicCreator.create(comparison.settings());
            if (arguments.length > 0 && arguments[0].equals("compression")) {
                comparison.compressions();
            } else {
                comparison.compare(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7);
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private KafkaSettings settings(String... more) {
        WebWatchConfig.Builder config = WebWatchConfig.builder().set("webwatch.kafka.bootstrap-servers", servers);
        for (int i = 0; i < more.length; i += 2) {
            config.set(more[i], more[i + 1]);
        }
        return KafkaSettings.of(config.build());
    }

    private List<ProducerRecord<byte[], byte[]>> records() {
        Records created = new Records(settings().topics());
        return batches.stream()
                .flatMap(batch -> batch.events().stream())
                .map(created::of)
                .toList();
    }

    private void compare(int rounds) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = records();
        double[] sink = new double[rounds];
        double[] bare = new double[rounds];
        double[] sinkCpu = new double[rounds];
        double[] bareCpu = new double[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            int index = Math.max(0, round);
            long began = PROCESS.getProcessCpuTime();
            sink[index] = sink();
            long between = PROCESS.getProcessCpuTime();
            bare[index] = bare(records);
            sinkCpu[index] = (between - began) / 1e3 / records.size() / REPEATS;
            bareCpu[index] = (PROCESS.getProcessCpuTime() - between) / 1e3 / records.size() / REPEATS;
            System.out.printf(
                    "%s: sink %,.0f events/s, bare producer %,.0f events/s%n",
                    round < 0 ? "warm-up" : "round " + (round + 1), sink[index], bare[index]);
        }
        double ratio = median(sink) / median(bare);
        System.out.printf(
                "median: sink %,.0f events/s, bare producer %,.0f events/s, ratio %.2f (budget %.2f)%n",
                median(sink), median(bare), ratio, BUDGET);
        System.out.printf(
                "processor time of the whole process for each event, garbage collection included: sink %.2f µs, bare producer %.2f µs%n",
                median(sinkCpu), median(bareCpu));
        if (ratio < BUDGET) {
            System.exit(1);
        }
    }

    private double sink() throws Exception {
        try (KafkaSink sink = (KafkaSink) new KafkaSinkFactory()
                .create(new SinkContext(
                        WebWatchConfig.builder()
                                .set("webwatch.privacy.secret", "of no importance here")
                                .set("webwatch.kafka.bootstrap-servers", servers)
                                .build(),
                        Path.of("."),
                        InstantSource.system()))) {
            write(sink, batches.subList(0, 1)); // connections and topics
            long start = System.nanoTime();
            List<EventBatch> all = new ArrayList<>();
            for (int i = 0; i < REPEATS; i++) {
                all.addAll(batches);
            }
            write(sink, all);
            return REPEATS * BATCHES * BATCH * 1e9 / (System.nanoTime() - start);
        }
    }

    private static void write(KafkaSink sink, List<EventBatch> batches)
            throws ExecutionException, InterruptedException {
        ArrayDeque<CompletionStage<WriteResult>> inFlight = new ArrayDeque<>();
        for (EventBatch batch : batches) {
            if (inFlight.size() == sink.maxInFlight()) {
                end(inFlight.removeFirst());
            }
            inFlight.addLast(sink.write(batch));
        }
        while (!inFlight.isEmpty()) {
            end(inFlight.removeFirst());
        }
    }

    private static void end(CompletionStage<WriteResult> stage) throws ExecutionException, InterruptedException {
        WriteResult result = stage.toCompletableFuture().get();
        if (!result.isWritten()) {
            throw new IllegalStateException("A batch was not written: " + result);
        }
    }

    private double bare(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings().producer())) {
            send(producer, records.subList(0, BATCH));
            long start = System.nanoTime();
            for (int i = 0; i < REPEATS; i++) {
                queue(producer, records);
            }
            flush(producer);
            return REPEATS * records.size() * 1e9 / (System.nanoTime() - start);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        queue(producer, records);
        flush(producer);
    }

    private void queue(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        for (ProducerRecord<byte[], byte[]> record : records) {
            producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    failures.incrementAndGet();
                }
            });
        }
    }

    private void flush(KafkaProducer<byte[], byte[]> producer) {
        producer.flush();
        if (failures.get() > 0) {
            throw new IllegalStateException(failures + " records were not written.");
        }
    }

    /** Prints the bytes per event on the network, and the processor time of the thread that compresses them. */
    private void compressions() {
        List<ProducerRecord<byte[], byte[]>> records = records();
        long bytes = records.stream().mapToLong(record -> record.value().length).sum();
        System.out.printf("%,d events of %d bytes of JSON%n", records.size(), bytes / records.size());
        for (int round = 0; round < 3; round++) {
            for (String type : List.of("none", "lz4", "snappy", "zstd", "gzip")) {
                compression(type, records, round == 0 ? "warm-up " : "");
            }
        }
    }

    private void compression(String type, List<ProducerRecord<byte[], byte[]>> records, String note) {
        KafkaSettings settings = settings("webwatch.kafka.properties.compression.type", type);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings.producer())) {
            send(producer, records.subList(0, BATCH));
            double before = sent(producer);
            long cpu = CPU.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            send(producer, records);
            double nanos = System.nanoTime() - start;
            cpu = CPU.getCurrentThreadCpuTime() - cpu;
            System.out.printf(
                    "%s%s: %.0f bytes sent, %.2f µs of the worker's processor time for each event; %,.0f events/s%n",
                    note,
                    type,
                    (sent(producer) - before) / records.size(),
                    cpu / 1e3 / records.size(),
                    records.size() * 1e9 / nanos);
        }
    }

    private static double sent(KafkaProducer<byte[], byte[]> producer) {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("outgoing-byte-total")
                        && metric.metricName().group().equals("producer-metrics"))
                .mapToDouble(metric -> (Double) metric.metricValue())
                .sum();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package io.webwatch;

import io.webwatch.batch.Batcher;
import io.webwatch.batch.GroupCommit;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.DeliveryMode;
import io.webwatch.delivery.DeadLetters;
import io.webwatch.delivery.Delivery;
import io.webwatch.enrich.Enricher;
import io.webwatch.enrich.StateFile;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.Event;
import io.webwatch.event.RandomIds;
import io.webwatch.intake.Intake;
import io.webwatch.intake.Submission;
import io.webwatch.live.LiveView;
import io.webwatch.log.BatchLog;
import io.webwatch.log.Cursor;
import io.webwatch.log.DataDirectory;
import io.webwatch.log.Spool;
import io.webwatch.query.QueryStore;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.runtime.DaemonThreads;
import io.webwatch.runtime.ThreadFailures;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.status.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the parts between intake and sinks, connects them, and starts and closes them in order. */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatch.class);
    private static final String LIVE = "live";
    private static final String DEAD_LETTERS = "webwatch-dead-letters";
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_JOURNAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final WebWatchConfig config;
    private final TimeSource time;
    private final DataDirectory directory;
    private final DropCounters drops = new DropCounters();
    private final Warnings warnings = new Warnings();
    private final ThreadFailures failures;
    private final Intake intake;
    private final BatchLog log;
    private final LiveView live;
    private final Batcher batcher;
    private final Delivery liveDelivery;
    private final List<Delivery> deliveries;
    private final @Nullable Delivery storeDelivery;
    private final DeadLetters letters;
    private final @Nullable Spool spool;
    private final StatusReport report;

    Pipeline(WebWatchConfig config, SinkRegistry registry, TimeSource time) {
        List<SinkFactory> sinks = registry.chosen(config);
        this.config = config;
        this.time = time;
        this.failures = new ThreadFailures(time, (sentence, failure) -> LOG.error("{}", sentence, failure));
        warnings.check(config, sinks);
        this.directory = new DataDirectory(config.get(WebWatchProperties.DATA_DIRECTORY));
        long maxBytes = config.get(WebWatchProperties.BUFFER_MAX_BYTES);
        SubmissionRing<Submission> ring =
                new SubmissionRing<>(config.get(WebWatchProperties.BUFFER_CAPACITY), maxBytes, Submission::bytes);
        this.log = new BatchLog(RandomIds.next(), maxBytes, time);
        this.live = new LiveView(drops, time);
        this.letters = new DeadLetters(directory, config.get(WebWatchProperties.DEAD_LETTERS_MAX_SIZE), time, drops);
        ThreadFailures.OfThread liveFailures = Delivery.failuresIn(failures, LIVE);
        this.liveDelivery = delivery(LIVE, () -> live.sink(liveFailures::add), log.cursor(), null);
        this.deliveries = sinks.stream()
                .map(sink -> delivery(sink.name(), () -> sink.create(context(sink)), log.cursor(sink.name()), letters))
                .toList();
        this.storeDelivery = store(sinks);
        this.spool = sinks.isEmpty() ? null : new Spool(config, log, directory, drops, time, failures);
        Enricher enricher =
                new Enricher(config, state(), Enricher.loadUserAgents(failures), drops, time.millis(), time::nanoTime);
        GroupCommit groupCommit = config.get(WebWatchProperties.DELIVERY) == DeliveryMode.DURABLE && spool != null
                ? new GroupCommit(log, spool, enricher, drops, time, failures)
                : null;
        this.batcher = new Batcher(config, ring, enricher, log, drops, time, failures, groupCommit);
        this.intake = new Intake(config, ring, drops, time, groupCommit == null ? null : groupCommit::accepts);
        this.report = new StatusReport(
                time.instant(),
                directory.path(),
                ring,
                intake,
                drops,
                deliveries,
                storeDelivery,
                spool,
                letters,
                warnings,
                failures);
    }

    private Delivery delivery(String name, Callable<Sink> opener, Cursor cursor, @Nullable DeadLetters rejected) {
        return new Delivery(
                name,
                opener,
                log,
                cursor,
                config.get(WebWatchProperties.RETRY_INITIAL),
                config.get(WebWatchProperties.RETRY_MAX),
                drops,
                rejected,
                time,
                failures);
    }

    private SinkContext context(SinkFactory factory) throws IOException {
        return new SinkContext(config, factory.usesDataDirectory() ? directory.acquire() : directory.path(), time);
    }

    private @Nullable Delivery store(List<SinkFactory> sinks) {
        String configured = config.find(WebWatchProperties.DASHBOARD_STORE).orElse(null);
        for (int i = 0; i < sinks.size(); i++) {
            SinkFactory sink = sinks.get(i);
            if (sink.answersQueries() && (configured == null || configured.equals(sink.name()))) {
                return deliveries.get(i);
            }
        }
        return null;
    }

    private StateFile state() {
        try {
            return StateFile.in(directory.acquire());
        } catch (IOException e) {
            warnings.add(e.getMessage() + " Until then, visitors and sessions do not survive a restart.");
            return StateFile.none();
        }
    }

    void start() {
        if (spool != null) {
            spool.start();
        }
        batcher.start();
        liveDelivery.start();
        deliveries.forEach(Delivery::start);
        if (letters.hasResubmitted()) {
            // The file can be large, and the application must not wait for it.
            DaemonThreads.create(DEAD_LETTERS, this::resubmitInBackground).start();
        }
        LOG.info(
                "WebWatch started. Data directory: {}. Sinks: {}.",
                directory.path(),
                deliveries.isEmpty()
                        ? "none, only the live view"
                        : deliveries.stream().map(Delivery::name).collect(Collectors.joining(", ")));
    }

    private void resubmitInBackground() {
        ThreadFailures.OfThread counter = failures.of(
                DEAD_LETTERS, "The dead letters remain in their file, and the next start tries again to deliver them.");
        try {
            resubmitNow();
        } catch (RuntimeException | Error e) {
            counter.add(e);
        }
    }

    ThreadFailures failures() {
        return failures;
    }

    DropCounters drops() {
        return drops;
    }

    Intake intake() {
        return intake;
    }

    LiveView live() {
        return live;
    }

    Optional<QueryStore> store() {
        return storeDelivery == null ? Optional.empty() : Optional.of(new LazyQueryStore(storeDelivery));
    }

    Status status() {
        return report.now();
    }

    /** Delivers all dead letters again and returns their number. */
    int resubmit() throws IOException {
        letters.takeAll();
        return resubmitNow();
    }

    private int resubmitNow() {
        try {
            return letters.resubmit(this::resubmitTo);
        } catch (IOException e) {
            LOG.warn("Could not read the dead letters to deliver again. They remain in their file: {}", e.toString());
            return 0;
        }
    }

    private boolean resubmitTo(String sink, List<Event> events, Runnable settled) {
        for (Delivery delivery : deliveries) {
            if (delivery.name().equals(sink)) {
                delivery.resubmit(events, settled);
                return true;
            }
        }
        return false;
    }

    void close() {
        intake.close();
        long deadline = time.nanoTime() + CLOSE_NANOS;
        batcher.close(deadline);
        liveDelivery.close(deadline);
        deliveries.forEach(delivery -> delivery.close(deadline));
        if (spool != null) {
            spool.close(time.nanoTime() + CLOSE_JOURNAL_NANOS);
        }
        deliveries.forEach(Delivery::countLeft);
        directory.close();
        LOG.info("WebWatch stopped. Events accepted since start: {}; {}.", intake.accepted(), describe(drops));
    }

    /** Returns a phrase such as "dropped: invalid 2, buffer_full 10". */
    private static String describe(DropCounters drops) {
        Map<DropReason, Long> counts = drops.snapshot();
        if (counts.isEmpty()) {
            return "nothing was dropped";
        }
        return counts.entrySet().stream()
                .map(count -> count.getKey().id() + " " + count.getValue())
                .collect(Collectors.joining(", ", "dropped: ", ""));
    }
}

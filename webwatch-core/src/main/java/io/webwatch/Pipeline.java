package io.webwatch;

import io.webwatch.batch.Batcher;
import io.webwatch.batch.GroupCommit;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.delivery.DeadLetters;
import io.webwatch.delivery.Delivery;
import io.webwatch.delivery.SinkStatus;
import io.webwatch.enrich.Enricher;
import io.webwatch.enrich.StateFile;
import io.webwatch.event.DropCounters;
import io.webwatch.event.Event;
import io.webwatch.event.RandomIds;
import io.webwatch.intake.Submission;
import io.webwatch.journal.JournalStatus;
import io.webwatch.live.LiveView;
import io.webwatch.log.BatchLog;
import io.webwatch.log.Cursor;
import io.webwatch.log.DataDirectory;
import io.webwatch.log.Spool;
import io.webwatch.query.QueryStore;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ring, batcher, log, live view and deliveries, put together. */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatch.class);
    private static final long CLOSE_SECONDS = 10;
    private static final long JOURNAL_SECONDS = 5;
    private static final String HINT =
            "History needs a store: add the dependency io.webwatch:webwatch-duckdb and restart.";

    private final WebWatchConfig config;
    private final TimeSource time;
    private final Instant startedAt;
    private final DataDirectory directory;
    private final DropCounters drops = new DropCounters();
    private final SubmissionRing<Submission> ring;
    private final BatchLog log;
    private final LiveView live;
    private final Batcher batcher;
    private final Delivery liveDelivery;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final @Nullable Delivery storeDelivery;
    private final DeadLetters letters;
    private final @Nullable Spool spool;
    private final @Nullable GroupCommit durable;
    private final List<String> warnings = new ArrayList<>();

    Pipeline(WebWatchConfig config, SinkRegistry sinks, TimeSource time) {
        List<SinkFactory> chosen = sinks.chosen(config);
        this.config = config;
        this.time = time;
        this.startedAt = time.instant();
        this.directory = new DataDirectory(config.get(WebWatchProperties.DATA_DIRECTORY));
        long maxBytes = config.get(WebWatchProperties.BUFFER_MAX_BYTES);
        this.ring = new SubmissionRing<>(config.get(WebWatchProperties.BUFFER_CAPACITY), maxBytes, Submission::bytes);
        this.log = new BatchLog(RandomIds.next(), maxBytes, time);
        this.live = new LiveView(drops, time);
        this.letters = new DeadLetters(directory, config.get(WebWatchProperties.DEAD_LETTERS_MAX_SIZE), time, drops);
        this.liveDelivery = delivery("live", live::sink, log.cursor(), null);
        for (SinkFactory factory : chosen) {
            String name = factory.name();
            deliveries.add(delivery(name, () -> factory.create(context(factory)), log.cursor(name), letters));
        }
        this.spool = chosen.isEmpty() ? null : new Spool(config, log, directory, drops, time);
        this.storeDelivery = store(chosen);
        Enricher enricher =
                new Enricher(config, state(), Enricher.loadUserAgents(), drops, time.millis(), time::nanoTime);
        boolean waits = config.get(WebWatchProperties.DELIVERY) == WebWatchProperties.DeliveryMode.DURABLE;
        this.durable = waits && spool != null ? new GroupCommit(log, spool, enricher, drops, time) : null;
        this.batcher = new Batcher(config, ring, enricher, log, drops, time, durable);
        warn(chosen);
    }

    private Delivery delivery(String name, Callable<Sink> opener, Cursor cursor, @Nullable DeadLetters refused) {
        return new Delivery(
                name,
                opener,
                log,
                cursor,
                config.get(WebWatchProperties.RETRY_INITIAL),
                config.get(WebWatchProperties.RETRY_MAX),
                drops,
                refused,
                time);
    }

    private SinkContext context(SinkFactory factory) throws IOException {
        return new SinkContext(config, factory.usesDataDirectory() ? directory.acquire() : directory.path(), time);
    }

    private @Nullable Delivery store(List<SinkFactory> chosen) {
        String named = config.find(WebWatchProperties.DASHBOARD_STORE).orElse(null);
        for (int i = 0; i < chosen.size(); i++) {
            SinkFactory factory = chosen.get(i);
            if (factory.answersQueries() && (named == null || named.equals(factory.name()))) {
                return deliveries.get(i);
            }
        }
        return null;
    }

    private StateFile state() {
        try {
            return StateFile.in(directory.acquire());
        } catch (IOException e) {
            warnings.add(e.getMessage() + " Until then visitors and sessions are not kept over a restart.");
            return StateFile.none();
        }
    }

    private void warn(List<SinkFactory> chosen) {
        for (String name : config.unknownNames()) {
            warnings.add(name + " is set but is no property of WebWatch; see docs/configuration.md for all names.");
        }
        List<String> shared = chosen.stream()
                .filter(SinkFactory::isShared)
                .map(SinkFactory::name)
                .toList();
        if (!shared.isEmpty() && config.find(WebWatchProperties.PRIVACY_SECRET).isEmpty()) {
            warnings.add(
                    "Events go to " + String.join(" and ", shared) + ", but "
                            + WebWatchProperties.PRIVACY_SECRET.name()
                            + " is not set: each instance gives a visitor another pseudonym. Set the same random text for all.");
        }
        warnings.forEach(LOG::warn);
    }

    void start() {
        if (spool != null) {
            spool.start();
        }
        batcher.start();
        liveDelivery.start();
        deliveries.forEach(Delivery::start);
        if (letters.hasResubmitted()) {
            Thread reader = new Thread(this::resubmitNow, "webwatch-dead-letters"); // there may be many
            reader.setDaemon(true);
            reader.start();
        }
        LOG.info(
                "WebWatch keeps its files in {} and sends events to {}.",
                directory.path(),
                deliveries.isEmpty()
                        ? "the live view alone"
                        : deliveries.stream().map(Delivery::name).toList());
    }

    DropCounters drops() {
        return drops;
    }

    SubmissionRing<Submission> ring() {
        return ring;
    }

    LiveView live() {
        return live;
    }

    Optional<QueryStore> store() {
        return storeDelivery == null ? Optional.empty() : Optional.of(new LazyQueryStore(storeDelivery));
    }

    /** Whether events are to be on disk before they are answered for. */
    boolean isDurable() {
        return durable != null;
    }

    /** Whether there is room in the journal; always where nobody waits for it. */
    boolean accepts() {
        return durable == null || durable.accepts();
    }

    /** Sends the dead letters again to the sinks that refused them; how many. */
    int resubmit() throws IOException {
        letters.takeAll();
        return resubmitNow();
    }

    private int resubmitNow() {
        try {
            return letters.resubmit(this::resubmitTo);
        } catch (IOException e) {
            LOG.warn("The letters that were to be sent again cannot be read and stay where they are: {}", e.toString());
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

    Status status(long accepted) {
        List<SinkStatus> sinks = deliveries.stream().map(Delivery::status).toList();
        return new Status(
                version(),
                startedAt,
                directory.path(),
                ring.size(),
                ring.capacity(),
                ring.bytes(),
                ring.maxBytes(),
                accepted,
                drops.snapshot(),
                sinks,
                spool == null ? JournalStatus.NONE : spool.status(),
                letters.bytes(),
                storeDelivery == null ? null : storeDelivery.name(),
                storeDelivery == null ? HINT : null,
                allWarnings(sinks));
    }

    private List<String> allWarnings(List<SinkStatus> sinks) {
        List<String> all = new ArrayList<>(warnings);
        sinks.forEach(sink -> all.addAll(sink.warnings()));
        return List.copyOf(all);
    }

    void close() {
        long deadline = time.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        batcher.close(deadline);
        liveDelivery.close(deadline);
        deliveries.forEach(delivery -> delivery.close(deadline));
        if (spool != null) {
            spool.close(time.nanoTime() + TimeUnit.SECONDS.toNanos(JOURNAL_SECONDS));
        }
        deliveries.forEach(Delivery::countLeft);
        directory.close();
        LOG.info("WebWatch is closed; not delivered or not taken since start: {}.", drops.snapshot());
    }

    private static String version() {
        String version = WebWatch.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

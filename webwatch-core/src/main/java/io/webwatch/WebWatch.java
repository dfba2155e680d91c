package io.webwatch;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Bots;
import io.webwatch.config.WebWatchProperties.PrivacySignal;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.EventData;
import io.webwatch.event.RandomIds;
import io.webwatch.intake.Acceptance;
import io.webwatch.intake.ClientFacts;
import io.webwatch.intake.Submission;
import io.webwatch.live.LiveView;
import io.webwatch.query.QueryStore;
import io.webwatch.ring.Offer;
import io.webwatch.ring.SubmissionRing;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.SinkFactory;
import io.webwatch.wire.BatchDecoder;
import io.webwatch.wire.MalformedBatchException;
import io.webwatch.wire.WireBatch;
import io.webwatch.wire.WireContext;
import io.webwatch.wire.WireEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * WebWatch in an application: takes events from request threads and application code, and brings them to the live view
 * and the sinks. Thread-safe; one for each application. Taking events never blocks and never throws for what a client
 * sent.
 *
 * <pre>{@code
 * WebWatch webwatch = WebWatch.start(WebWatchConfig.defaults());
 * webwatch.event("invoice_paid", Map.of("amount", 12.5));
 * webwatch.close();
 * }</pre>
 */
public final class WebWatch implements AutoCloseable {
    private final WebWatchConfig config;
    private final InstantSource clock;
    private final BatchDecoder decoder = new BatchDecoder();
    private final io.webwatch.intake.Bots bots = new io.webwatch.intake.Bots();
    private final boolean dropBots;
    private final boolean dropGpc;
    private final boolean dropDnt;
    private final DropCounters drops;
    private final LongAdder accepted = new LongAdder();
    private final Pipeline pipeline;
    private final SubmissionRing<Submission> ring;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ApplicationSource application = new ApplicationSource();

    private WebWatch(Builder builder) {
        this.config = builder.config;
        this.clock = builder.clock;
        this.dropBots = config.get(WebWatchProperties.PRIVACY_BOTS) == Bots.DROP;
        this.dropGpc = config.get(WebWatchProperties.PRIVACY_GPC) == PrivacySignal.DROP;
        this.dropDnt = config.get(WebWatchProperties.PRIVACY_DNT) == PrivacySignal.DROP;
        this.pipeline =
                new Pipeline(config, new SinkRegistry(builder.sinks, builder.classLoader), TimeSource.of(clock));
        this.drops = pipeline.drops();
        this.ring = pipeline.ring();
    }

    /** Collects what is needed to start. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts with the sinks on the class path.
     *
     * @throws io.webwatch.config.ConfigurationException when a named sink is absent or its property has a wrong value
     */
    public static WebWatch start(WebWatchConfig config) {
        return builder().config(config).start();
    }

    /**
     * Takes the body of a request to the events endpoint: decodes, checks and publishes it.
     *
     * @param body UTF-8 JSON of the wire protocol, not kept
     * @param client what the server knows of the request
     */
    public Acceptance accept(byte[] body, int offset, int length, ClientFacts client) {
        return accept(body, offset, length, client, null);
    }

    private Acceptance accept(
            byte[] body, int offset, int length, ClientFacts client, Submission.@Nullable Outcome outcome) {
        WireBatch batch;
        try {
            batch = decoder.decode(body, offset, length);
        } catch (MalformedBatchException e) {
            drops.add(DropReason.MALFORMED, 1);
            return new Acceptance(DropReason.MALFORMED, 0, Map.of(), e.getMessage());
        }
        drops.add(DropReason.INVALID, batch.invalid());
        return publish(batch.context(), batch.events(), client, batch.invalid(), 2 * length, outcome);
    }

    /**
     * Takes the body of a request like {@link #accept}, and tells what became of it when that is known: at once in fast
     * mode and for what is refused, in durable mode when its events are on disk or cannot be brought there. Never
     * blocks; the stage is completed by a thread of WebWatch's, which must not be held up.
     *
     * @param body UTF-8 JSON of the wire protocol, not kept
     * @param client what the server knows of the request
     */
    public CompletionStage<Acceptance> submit(byte[] body, int offset, int length, ClientFacts client) {
        if (!pipeline.isDurable()) {
            return CompletableFuture.completedStage(accept(body, offset, length, client));
        }
        CompletableFuture<Optional<DropReason>> decided = new CompletableFuture<>();
        Acceptance taken =
                accept(body, offset, length, client, refusal -> decided.complete(Optional.ofNullable(refusal)));
        if (taken.accepted() == 0) {
            return CompletableFuture.completedStage(taken);
        }
        return decided.thenApply(refusal -> refusal.isEmpty() ? taken : takenBack(taken, refusal.get()));
    }

    private Acceptance takenBack(Acceptance taken, DropReason reason) {
        accepted.add(-taken.accepted());
        return new Acceptance(reason, 0, Map.of(), refusal(reason));
    }

    /** Takes a page view of a page that ran no script. */
    public Acceptance noscriptPageView(String url, @Nullable String referrer, ClientFacts client) {
        EventData data = new EventData.PageView(EventData.PageViewKind.NOSCRIPT, null);
        return publish(
                context(RandomIds.next(), url, referrer, null), List.of(new WireEvent(0, 0, data)), client, 0, 512);
    }

    /** Counts what was refused before it came here. */
    public void dropped(DropReason reason, int count) {
        drops.add(reason, count);
    }

    /** Publishes a custom event of the application's own, of no visitor; whether the buffer had room. */
    public boolean event(String name) {
        return event(name, Map.of());
    }

    /**
     * Publishes a custom event of the application's own, of no visitor; whether the buffer had room.
     *
     * @param properties at most 32 of type String, Boolean or Number
     * @throws IllegalArgumentException for properties beyond that
     */
    public boolean event(String name, Map<String, Object> properties) {
        WireEvent event = new WireEvent(application.next(), 0, new EventData.Custom(name, properties));
        return publish(application.context(), List.of(event), ClientFacts.APPLICATION, 0, 256)
                .isAccepted();
    }

    /**
     * Publishes for the visitor of a request.
     *
     * @param client who it is
     * @param url absolute address of the page that it is about
     */
    public ApplicationEvents forVisitor(ClientFacts client, String url) {
        return new ApplicationEvents(this, client, url);
    }

    Acceptance publish(WireContext context, List<WireEvent> events, ClientFacts client, int invalid, int bodyBytes) {
        return publish(context, events, client, invalid, bodyBytes, null);
    }

    private Acceptance publish(
            WireContext context,
            List<WireEvent> events,
            ClientFacts client,
            int invalid,
            int bodyBytes,
            Submission.@Nullable Outcome outcome) {
        String bot = client == ClientFacts.APPLICATION ? null : bots.reason(client);
        DropReason unwanted = unwanted(client, bot);
        if (events.isEmpty() || unwanted != null) {
            return notTaken(events.size(), unwanted, invalid);
        }
        if (!pipeline.accepts()) {
            return refused(closed.get() ? DropReason.CLOSED : DropReason.JOURNAL_FULL, events.size());
        }
        int bytes = 256 * (events.size() + 1) + bodyBytes;
        Offer offer = ring.offer(new Submission(context, events, client, clock.millis(), bytes, bot, outcome));
        if (offer == Offer.ACCEPTED) {
            accepted.add(events.size());
            return new Acceptance(
                    null, events.size(), invalid == 0 ? Map.of() : Map.of(DropReason.INVALID, invalid), null);
        }
        return refused(offer == Offer.FULL ? DropReason.BUFFER_FULL : DropReason.CLOSED, events.size());
    }

    private Acceptance refused(DropReason reason, int events) {
        drops.add(reason, events);
        return new Acceptance(reason, 0, Map.of(), refusal(reason));
    }

    private static String refusal(DropReason reason) {
        return "No event was taken: " + reason.explanation() + ".";
    }

    private @Nullable DropReason unwanted(ClientFacts client, @Nullable String bot) {
        if (client.gpc() && dropGpc || client.dnt() && dropDnt) {
            return DropReason.PRIVACY;
        }
        return bot != null && dropBots ? DropReason.BOT : null;
    }

    private Acceptance notTaken(int events, @Nullable DropReason unwanted, int invalid) {
        Map<DropReason, Integer> dropped = new java.util.EnumMap<>(DropReason.class);
        if (invalid > 0) {
            dropped.put(DropReason.INVALID, invalid);
        }
        if (unwanted != null && events > 0) {
            drops.add(unwanted, events);
            dropped.put(unwanted, events);
        }
        return new Acceptance(null, 0, dropped, null);
    }

    /** What happens now. */
    public LiveView live() {
        return pipeline.live();
    }

    /** The store that answers questions about history, if there is one; the first question opens it. */
    public Optional<QueryStore> store() {
        return pipeline.store();
    }

    /** The configuration with which this was started. */
    public WebWatchConfig config() {
        return config;
    }

    /** Counts of what was dropped. */
    public DropCounters drops() {
        return drops;
    }

    /** Whether requests are answered only when their events are on disk; then {@link #submit} is the way to take them. */
    public boolean isDurable() {
        return pipeline.isDurable();
    }

    /**
     * Sends the dead letters again, each to the sink that refused it; ids and times stay as they were. What is refused
     * again becomes a dead letter again. Returns when the letters were handed over.
     *
     * @return how many
     * @throws IOException when the dead-letter files cannot be had
     */
    public int resubmitDeadLetters() throws IOException {
        return pipeline.resubmit();
    }

    /** How everything stands. */
    public Status status() {
        return pipeline.status(accepted.sum());
    }

    /**
     * Takes no more events and delivers what is there within a few seconds; the journal keeps the rest for the next start,
     * and what it cannot keep is counted.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pipeline.close();
        }
    }

    static WireContext context(String pageView, String url, @Nullable String referrer, @Nullable String title) {
        return new WireContext(pageView, url, referrer, title, null, null, null, 0, 0, 0, 0, 0, null, null, null);
    }

    /** Collects what is needed to start WebWatch; not thread-safe. */
    public static final class Builder {
        private WebWatchConfig config = WebWatchConfig.defaults();
        private InstantSource clock = InstantSource.system();
        private ClassLoader classLoader = WebWatch.class.getClassLoader();
        private final List<SinkFactory> sinks = new ArrayList<>();

        private Builder() {}

        /** The configuration; default: all defaults. */
        public Builder config(WebWatchConfig value) {
            this.config = value;
            return this;
        }

        /** The source of the present time; default: the system's. */
        public Builder clock(InstantSource value) {
            this.clock = value;
            return this;
        }

        /** Where sinks are searched; default: the class loader of WebWatch. */
        public Builder classLoader(ClassLoader value) {
            this.classLoader = value;
            return this;
        }

        /** Adds a sink beside those on the class path; it takes the place of one of the same name. */
        public Builder sink(SinkFactory factory) {
            sinks.add(factory);
            return this;
        }

        /**
         * Starts.
         *
         * @throws io.webwatch.config.ConfigurationException when a named sink is absent or its property has a wrong
         *     value
         */
        public WebWatch start() {
            WebWatch started = new WebWatch(this);
            started.pipeline.start();
            return started;
        }
    }
}

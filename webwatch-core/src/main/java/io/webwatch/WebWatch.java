package io.webwatch;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.DropCounters;
import io.webwatch.event.DropReason;
import io.webwatch.event.EventData;
import io.webwatch.event.PageView;
import io.webwatch.event.RandomIds;
import io.webwatch.intake.Intake;
import io.webwatch.live.LiveView;
import io.webwatch.query.QueryStore;
import io.webwatch.request.Acceptance;
import io.webwatch.request.ClientFacts;
import io.webwatch.runtime.TimeSource;
import io.webwatch.sink.SinkFactory;
import io.webwatch.status.Status;
import io.webwatch.wire.WireEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * WebWatch in an application: accepts events from request threads and application code, and delivers them to the live
 * view and the sinks. Create one instance per application. Thread-safe. Accepting events never blocks and never throws
 * because of what a client sent.
 *
 * <pre>{@code
 * WebWatch webwatch = WebWatch.start(WebWatchConfig.defaults());
 * webwatch.event("invoice_paid", Map.of("amount", 12.5));
 * webwatch.close();
 * }</pre>
 */
public final class WebWatch implements AutoCloseable {
    private final WebWatchConfig config;
    private final Pipeline pipeline;
    private final Intake intake;
    private final ApplicationEvents application;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WebWatch(Builder builder) {
        this.config = builder.config;
        this.pipeline = new Pipeline(
                config, new SinkRegistry(builder.sinks, builder.classLoader), TimeSource.of(builder.clock));
        this.intake = pipeline.intake();
        this.application = new ApplicationEvents(intake, ClientFacts.APPLICATION, "/");
    }

    /** Returns a builder for an instance with other settings than {@link #start(WebWatchConfig)} uses. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts WebWatch with the sinks on the class path.
     *
     * @throws io.webwatch.config.ConfigurationException if a configured sink is not on the class path, or a property of
     *     a sink is invalid
     */
    public static WebWatch start(WebWatchConfig config) {
        return builder().config(config).start();
    }

    /**
     * Accepts the body of a request to the events endpoint. Does not wait for the journal, even in durable mode; see
     * {@link #submit}.
     *
     * @param body UTF-8 JSON of the wire protocol; not retained
     * @param client what the server knows about the client
     */
    public Acceptance accept(byte[] body, int offset, int length, ClientFacts client) {
        return intake.accept(body, offset, length, client);
    }

    /**
     * Accepts the body of a request to the events endpoint and reports the final result. In fast mode, and if the body
     * is refused, the stage is complete on return. In durable mode it completes once the events are on disk, or once it
     * is certain that they will not be. Never blocks.
     *
     * @param body UTF-8 JSON of the wire protocol; not retained
     * @param client what the server knows about the client
     * @return completed by a thread of WebWatch, which dependent stages must not block
     */
    public CompletionStage<Acceptance> submit(byte[] body, int offset, int length, ClientFacts client) {
        return intake.submit(body, offset, length, client);
    }

    /**
     * Accepts a page view of a page on which no script ran.
     *
     * @param url absolute address of the page
     * @param referrer address of the page that linked to it, or null
     * @param client what the server knows about the client
     */
    public Acceptance noscriptPageView(String url, @Nullable String referrer, ClientFacts client) {
        EventData data = new PageView(PageView.Kind.NOSCRIPT, null);
        return intake.accept(
                Intake.pageContext(RandomIds.next(), url, referrer, null), new WireEvent(0, 0, data), client);
    }

    /** Counts events or requests that the server refused before it passed them to WebWatch. */
    public void dropped(DropReason reason, int count) {
        pipeline.drops().add(reason, count);
    }

    /**
     * Publishes a custom event of the application that belongs to no visitor and has no properties.
     *
     * @return whether the event was accepted; if not, it was counted as dropped
     */
    public boolean event(String name) {
        return application.event(name);
    }

    /**
     * Publishes a custom event of the application that belongs to no visitor.
     *
     * @param properties at most 32 properties, with values of type String, Boolean or Number
     * @return whether the event was accepted; if not, it was counted as dropped
     * @throws IllegalArgumentException if the properties exceed these limits
     */
    public boolean event(String name, Map<String, Object> properties) {
        return application.event(name, properties);
    }

    /**
     * Returns a publisher of events that belong to the visitor of a request.
     *
     * @param client what the server knows about the visitor
     * @param url absolute address of the page to which the events belong
     */
    public ApplicationEvents forVisitor(ClientFacts client, String url) {
        return new ApplicationEvents(intake, client, url);
    }

    /** Returns the live view. */
    public LiveView live() {
        return pipeline.live();
    }

    /** Returns the store for queries, if there is one. The first query opens it. */
    public Optional<QueryStore> store() {
        return pipeline.store();
    }

    /** Returns the configuration with which this instance was started. */
    public WebWatchConfig config() {
        return config;
    }

    /** Returns the counters of dropped events and requests. */
    public DropCounters drops() {
        return pipeline.drops();
    }

    /**
     * Returns how many times each of WebWatch's threads has failed unexpectedly and was restarted, by name. Threads that
     * have not failed are included.
     */
    public Map<String, Long> threadFailures() {
        return pipeline.failures().counts();
    }

    /**
     * Returns a consumer of the unexpected failures of a thread, which are counted, logged and shown in the status. For
     * WebWatch's own modules.
     *
     * @param thread name of the thread, or the common part of the names in a pool
     * @param consequence a sentence about what happens after a failure
     */
    public Consumer<Throwable> threadFailures(String thread, String consequence) {
        return pipeline.failures().of(thread, consequence)::add;
    }

    /** Returns whether requests must not be answered before their events are on disk; see {@link #submit}. */
    public boolean isDurable() {
        return intake.isDurable();
    }

    /**
     * Delivers the dead letters again, each to the sink that rejected it, with their original ids and times. An event
     * that is rejected again becomes a dead letter again. Returns when the events have been handed to the deliveries.
     *
     * @return the number of events handed over
     * @throws IOException if the dead-letter files cannot be read or renamed
     */
    public int resubmitDeadLetters() throws IOException {
        return pipeline.resubmit();
    }

    /** Returns the current status. Each call asks every sink for its metrics and warnings. */
    public Status status() {
        return pipeline.status();
    }

    /**
     * Refuses further events and delivers the accepted ones for up to ten seconds. What the sinks have not written by
     * then remains in the journal for the next start; what the journal cannot keep is counted as dropped.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pipeline.close();
        }
    }

    /** Builds and starts a {@link WebWatch}. Not thread-safe. */
    public static final class Builder {
        private WebWatchConfig config = WebWatchConfig.defaults();
        private InstantSource clock = InstantSource.system();
        private ClassLoader classLoader = WebWatch.class.getClassLoader();
        private final List<SinkFactory> sinks = new ArrayList<>();

        private Builder() {}

        /** Sets the configuration. By default, every property has its default value. */
        public Builder config(WebWatchConfig value) {
            this.config = value;
            return this;
        }

        /** Sets the clock. By default, it is the system clock. */
        public Builder clock(InstantSource value) {
            this.clock = value;
            return this;
        }

        /** Sets the class loader in which sinks are looked up. By default, it is the one that loaded WebWatch. */
        public Builder classLoader(ClassLoader value) {
            this.classLoader = value;
            return this;
        }

        /** Adds a sink to those on the class path. It replaces one with the same name. */
        public Builder sink(SinkFactory factory) {
            sinks.add(factory);
            return this;
        }

        /**
         * Starts WebWatch.
         *
         * @throws io.webwatch.config.ConfigurationException if a configured sink is not on the class path, or a
         *     property of a sink is invalid
         */
        public WebWatch start() {
            WebWatch started = new WebWatch(this);
            started.pipeline.start();
            return started;
        }
    }
}

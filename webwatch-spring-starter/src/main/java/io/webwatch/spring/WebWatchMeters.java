package io.webwatch.spring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.webwatch.WebWatch;
import io.webwatch.event.DropReason;
import io.webwatch.runtime.TimeSource;
import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Registers meters for what WebWatch accepts, drops and delivers. A status is built at most once per second and shared
 * by all meters, because a scrape reads dozens of them and each status asks every sink for its metrics. Thread-safe.
 */
final class WebWatchMeters implements MeterBinder {
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record ThreadMetric(MeterRegistry registry, String thread) {}

    private record SinkMetric(MeterRegistry registry, String sink, String name) {}

    private final WebWatch webWatch;
    private final LongSupplier nanoTime;
    private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();
    private final Set<SinkMetric> registered = ConcurrentHashMap.newKeySet();
    private final Set<ThreadMetric> registeredThreads = ConcurrentHashMap.newKeySet();
    private @Nullable Status latest;
    private long latestNanos;

    WebWatchMeters(WebWatch webWatch) {
        this(webWatch, TimeSource.SYSTEM::nanoTime);
    }

    WebWatchMeters(WebWatch webWatch, LongSupplier nanoTime) {
        this.webWatch = webWatch;
        this.nanoTime = nanoTime;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        FunctionCounter.builder(
                        "webwatch.events.accepted",
                        this,
                        meters -> meters.status().accepted())
                .description("Events accepted")
                .register(registry);
        for (DropReason reason : DropReason.values()) {
            FunctionCounter.builder(
                            "webwatch.events.dropped", webWatch, w -> w.drops().count(reason))
                    .description("Events or requests not accepted or not delivered")
                    .tag("reason", reason.id())
                    .register(registry);
        }
        gauge(
                registry,
                "buffer.used",
                null,
                "Requests in the buffer",
                status -> status.buffer().used());
        gauge(
                registry,
                "buffer.capacity",
                null,
                "Maximum number of requests in the buffer",
                status -> status.buffer().capacity());
        gauge(
                registry,
                "buffer.bytes",
                "bytes",
                "Size of the requests in the buffer",
                status -> status.buffer().usedBytes());
        gauge(
                registry,
                "journal.bytes",
                "bytes",
                "Size of the journal on disk",
                status -> status.journal().bytes());
        gauge(
                registry,
                "journal.max",
                "bytes",
                "Maximum size of the journal",
                status -> status.journal().maxBytes());
        gauge(registry, "dead.letters.bytes", "bytes", "Size of the dead-letter files", Status::deadLetterBytes);
        gauge(
                registry,
                "warnings",
                null,
                "Number of current warnings",
                status -> status.warnings().size());
        bindThreads(registry);
        webWatch.status().sinks().forEach(sink -> bindSink(registry, sink));
    }

    /** Registers the threads known so far. Those of the dashboard follow when it is first used. */
    private void bindThreads(MeterRegistry registry) {
        for (String thread : webWatch.threadFailures().keySet()) {
            if (registeredThreads.add(new ThreadMetric(registry, thread))) {
                FunctionCounter.builder(
                                "webwatch.thread.failures",
                                webWatch,
                                w -> w.threadFailures().getOrDefault(thread, 0L))
                        .description("Unexpected failures of a WebWatch thread, which it survived")
                        .tag("thread", thread)
                        .register(registry);
            }
        }
    }

    private void bindSink(MeterRegistry registry, SinkStatus status) {
        String name = status.name();
        bindMetrics(registry, status);
        sinkCounter(registry, name, "written", "Events written to the sink", SinkStatus::written);
        sinkCounter(registry, name, "rejected", "Events rejected by the sink", SinkStatus::rejected);
        sinkCounter(registry, name, "dropped", "Events lost because the sink was too far behind", SinkStatus::dropped);
        sinkCounter(registry, name, "retries", "Repeated attempts", SinkStatus::retries);
        sinkGauge(registry, name, "lag", "Batches that the sink is behind", SinkStatus::lag);
        sinkGauge(
                registry,
                name,
                "retrying",
                "1 while the sink is unavailable and being retried, otherwise 0",
                sink -> sink.state() == SinkStatus.State.RETRYING ? 1 : 0);
        sinkGauge(
                registry,
                name,
                "warnings",
                "Number of current warnings of the sink",
                sink -> sink.warnings().size());
    }

    /** Registers the sink's own metrics, which a sink reports only after it was opened, and some only after a write. */
    private void bindMetrics(MeterRegistry registry, SinkStatus sink) {
        for (String metric : sink.metrics().keySet()) {
            if (registered.add(new SinkMetric(registry, sink.name(), metric))) {
                sinkGauge(
                        registry,
                        sink.name(),
                        sink.name() + '.' + metric.replace('_', '.'),
                        "A metric of the sink, see its documentation",
                        status -> status.metrics().getOrDefault(metric, Double.NaN));
            }
        }
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<Status> value) {
        Gauge.builder("webwatch." + name, this, meters -> value.applyAsDouble(meters.status()))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void sinkCounter(
            MeterRegistry registry, String sink, String name, String description, ToDoubleFunction<SinkStatus> value) {
        FunctionCounter.builder("webwatch.sink." + name, this, meters -> meters.sink(sink, value))
                .description(description)
                .tag("sink", sink)
                .register(registry);
    }

    private void sinkGauge(
            MeterRegistry registry, String sink, String name, String description, ToDoubleFunction<SinkStatus> value) {
        Gauge.builder("webwatch.sink." + name, this, meters -> meters.sink(sink, value))
                .description(description)
                .tag("sink", sink)
                .register(registry);
    }

    private double sink(String name, ToDoubleFunction<SinkStatus> value) {
        return status().sinks().stream()
                .filter(sink -> sink.name().equals(name))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private Status status() {
        Status current;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (latest != null && now - latestNanos < MAX_AGE_NANOS) {
                return latest;
            }
            current = webWatch.status();
            latest = current;
            latestNanos = now;
        }
        registries.forEach(registry -> {
            bindThreads(registry);
            current.sinks().forEach(sink -> bindMetrics(registry, sink));
        });
        return current;
    }
}

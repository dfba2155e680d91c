package io.webwatch.spring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.webwatch.WebWatch;
import io.webwatch.event.DropReason;
import io.webwatch.status.SinkStatus;
import io.webwatch.status.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** WebWatch's own counts as meters: what was taken, what was lost and why, and how the sinks keep up. */
final class WebWatchMeters implements MeterBinder {
    private record Figure(MeterRegistry registry, String sink, String name) {}

    private final WebWatch webWatch;
    private final Set<Figure> bound = ConcurrentHashMap.newKeySet();

    WebWatchMeters(WebWatch webWatch) {
        this.webWatch = webWatch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        "webwatch.events.accepted", webWatch, w -> w.status().accepted())
                .description("Events taken")
                .register(registry);
        for (DropReason reason : DropReason.values()) {
            FunctionCounter.builder(
                            "webwatch.events.dropped", webWatch, w -> w.drops().count(reason))
                    .description("Events or requests that were not taken or not delivered")
                    .tag("reason", reason.id())
                    .register(registry);
        }
        gauge(
                registry,
                "webwatch.buffer.used",
                "Requests that wait in the buffer",
                status -> status.buffer().used());
        gauge(
                registry,
                "webwatch.buffer.capacity",
                "Most requests that can wait",
                status -> status.buffer().capacity());
        bytes(
                registry,
                "webwatch.buffer.bytes",
                "Size of what waits in the buffer",
                w -> w.status().buffer().usedBytes());
        bytes(
                registry,
                "webwatch.journal.bytes",
                "Size of the journal on disk",
                w -> w.status().journal().bytes());
        bytes(
                registry,
                "webwatch.journal.max",
                "Bound of the journal",
                w -> w.status().journal().maxBytes());
        bytes(
                registry,
                "webwatch.dead.letters.bytes",
                "Size of the dead-letter files",
                w -> w.status().deadLetterBytes());
        gauge(
                registry,
                "webwatch.warnings",
                "Sentences about what is degraded",
                status -> status.warnings().size());
        webWatch.status().sinks().forEach(sink -> bindSink(registry, sink));
    }

    private void bindSink(MeterRegistry registry, SinkStatus status) {
        String name = status.name();
        bindFigures(registry, status);
        sinkCounter(registry, name, "written", "Events that the sink has taken", SinkStatus::written);
        sinkCounter(registry, name, "rejected", "Events that the sink refused for good", SinkStatus::rejected);
        sinkCounter(registry, name, "dropped", "Events that the sink came too late for", SinkStatus::dropped);
        sinkCounter(registry, name, "retries", "Repeated attempts", SinkStatus::retries);
        sinkGauge(registry, name, "lag", "Batches that the sink is behind", SinkStatus::lag);
        sinkGauge(
                registry,
                name,
                "retrying",
                "1 while the sink does not take events and is tried again",
                sink -> sink.state() == SinkStatus.State.RETRYING ? 1 : 0);
        sinkGauge(
                registry,
                name,
                "warnings",
                "Sentences of the sink about what is degraded",
                sink -> sink.warnings().size());
    }

    /**
     * A sink has figures of its own once it is open, and some only after it has written: so whoever asks for any of its
     * meters finds the new ones bound the next time.
     */
    private void bindFigures(MeterRegistry registry, SinkStatus sink) {
        for (String figure : sink.metrics().keySet()) {
            if (bound.add(new Figure(registry, sink.name(), figure))) {
                Gauge.builder(
                                "webwatch.sink." + sink.name() + '.' + figure.replace('_', '.'),
                                webWatch,
                                w -> figure(w, sink.name(), figure))
                        .description("A figure of the sink's own, see its documentation")
                        .tag("sink", sink.name())
                        .register(registry);
            }
        }
    }

    private static double figure(WebWatch webWatch, String name, String figure) {
        return webWatch.status().sinks().stream()
                .filter(sink -> sink.name().equals(name))
                .mapToDouble(sink -> sink.metrics().getOrDefault(figure, Double.NaN))
                .findFirst()
                .orElse(Double.NaN);
    }

    private void bytes(MeterRegistry registry, String name, String description, ToDoubleFunction<WebWatch> value) {
        Gauge.builder(name, webWatch, value)
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Status> value) {
        Gauge.builder(name, webWatch, w -> value.applyAsDouble(w.status()))
                .description(description)
                .register(registry);
    }

    private void sinkCounter(
            MeterRegistry registry, String sink, String meter, String description, ToDoubleFunction<SinkStatus> value) {
        FunctionCounter.builder("webwatch.sink." + meter, webWatch, w -> sink(w, registry, sink, value))
                .description(description)
                .tag("sink", sink)
                .register(registry);
    }

    private void sinkGauge(
            MeterRegistry registry, String sink, String meter, String description, ToDoubleFunction<SinkStatus> value) {
        Gauge.builder("webwatch.sink." + meter, webWatch, w -> sink(w, registry, sink, value))
                .description(description)
                .tag("sink", sink)
                .register(registry);
    }

    private double sink(WebWatch from, MeterRegistry registry, String name, ToDoubleFunction<SinkStatus> value) {
        for (SinkStatus sink : from.status().sinks()) {
            if (sink.name().equals(name)) {
                bindFigures(registry, sink);
                return value.applyAsDouble(sink);
            }
        }
        return 0;
    }
}

package io.webwatch.spring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.webwatch.Status;
import io.webwatch.WebWatch;
import io.webwatch.event.DropReason;
import io.webwatch.log.SinkStatus;
import java.util.function.ToDoubleFunction;

/** WebWatch's own counts as meters: what was taken, what was lost and why, and how the sinks keep up. */
final class WebWatchMeters implements MeterBinder {
    private final WebWatch webWatch;

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
        gauge(registry, "webwatch.buffer.used", "Requests that wait in the buffer", Status::bufferUsed);
        gauge(registry, "webwatch.buffer.capacity", "Most requests that can wait", Status::bufferCapacity);
        bytes(
                registry,
                "webwatch.buffer.bytes",
                "Size of what waits in the buffer",
                w -> w.status().bufferUsedBytes());
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
        webWatch.status().sinks().forEach(sink -> bindSink(registry, sink.name()));
    }

    private void bindSink(MeterRegistry registry, String name) {
        sinkCounter(registry, name, "written", "Events that the sink has taken", SinkStatus::written);
        sinkCounter(registry, name, "rejected", "Events that the sink refused for good", SinkStatus::rejected);
        sinkCounter(registry, name, "dropped", "Events that the sink came too late for", SinkStatus::dropped);
        sinkCounter(registry, name, "retries", "Repeated attempts", SinkStatus::retries);
        Gauge.builder("webwatch.sink.lag", webWatch, w -> sink(w, name, SinkStatus::lag))
                .description("Batches that the sink is behind")
                .tag("sink", name)
                .register(registry);
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
        FunctionCounter.builder("webwatch.sink." + meter, webWatch, w -> sink(w, sink, value))
                .description(description)
                .tag("sink", sink)
                .register(registry);
    }

    private static double sink(WebWatch webWatch, String name, ToDoubleFunction<SinkStatus> value) {
        return webWatch.status().sinks().stream()
                .filter(sink -> sink.name().equals(name))
                .mapToDouble(value)
                .sum();
    }
}

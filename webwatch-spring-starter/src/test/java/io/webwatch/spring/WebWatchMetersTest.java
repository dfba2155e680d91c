package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.status.SinkStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters in a registry, with a clock that the test moves. */
class WebWatchMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeSink sink = new FakeSink();
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path data;

    private WebWatch webWatch;
    private WebWatchMeters meters; // held here, because a registry refers to it weakly

    @BeforeEach
    void start() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.sinks", "fake")
                .set("webwatch.data-directory", data.toString())
                .set("webwatch.batch.linger", "5ms")
                .set("webwatch.retry.initial", "10ms")
                .build();
        webWatch = WebWatch.builder().config(config).sink(sink).start();
        meters = new WebWatchMeters(webWatch, nanos::get);
        meters.bindTo(registry);
    }

    @AfterEach
    void close() {
        webWatch.close();
    }

    @Test
    void metricsOfASink_areMetersOnceItReportsThem() {
        sink.metrics.put("request_latency_ms", 2.5);
        assertThat(registry.find("webwatch.sink.fake.request.latency.ms").gauge())
                .as("the sink is not opened before its first batch")
                .isNull();

        write();
        nextScrape();
        gauge("webwatch.sink.lag").value();
        assertThat(gauge("webwatch.sink.fake.request.latency.ms").value()).isEqualTo(2.5);
        assertThat(gauge("webwatch.sink.fake.request.latency.ms").getId().getTag("sink"))
                .isEqualTo("fake");

        sink.metrics.put("request_latency_ms", 3.5);
        sink.metrics.put("sent_bytes", 7.0);
        nextScrape();
        assertThat(registry.get("webwatch.sink.written").functionCounter().count())
                .isPositive();
        assertThat(gauge("webwatch.sink.fake.request.latency.ms").value()).isEqualTo(3.5);
        assertThat(gauge("webwatch.sink.fake.sent.bytes").value()).isEqualTo(7);

        sink.metrics.remove("sent_bytes");
        nextScrape();
        assertThat(gauge("webwatch.sink.fake.sent.bytes").value()).isNaN();
    }

    @Test
    void failuresOfThreads_areCountedByThread() {
        assertThat(failures("webwatch-batcher")).isZero();
        webWatch.threadFailures("webwatch-query", "The query was answered with 503.")
                .accept(new OutOfMemoryError());

        nextScrape();
        gauge("webwatch.warnings").value();
        assertThat(failures("webwatch-query")).isEqualTo(1);
        assertThat(failures("webwatch-batcher")).isZero();
    }

    private double failures(String thread) {
        return registry.get("webwatch.thread.failures")
                .tag("thread", thread)
                .functionCounter()
                .count();
    }

    @Test
    void warningsOfASink_areCounted() {
        write();
        double others = gauge("webwatch.warnings").value();
        assertThat(gauge("webwatch.sink.warnings").value()).isZero();

        sink.warnings.add("A tag has too many values.");
        nextScrape();

        assertThat(gauge("webwatch.sink.warnings").value()).isEqualTo(1);
        assertThat(gauge("webwatch.warnings").value()).isEqualTo(others + 1);
    }

    @Test
    void sinkThatIsRetried_isReported() {
        write();
        assertThat(gauge("webwatch.sink.retrying").value()).isZero();

        sink.failing = true;
        webWatch.event("written", Map.of());
        await().until(() -> nextScrape().gauge("webwatch.sink.retrying").value() == 1);
        assertThat(gauge("webwatch.sink.lag").value()).isPositive();

        sink.failing = false;
        await().until(() -> nextScrape().gauge("webwatch.sink.retrying").value() == 0);
    }

    @Test
    void scrape_buildsTheStatusOnce() {
        sink.metrics.put("request_latency_ms", 2.5);
        write();
        scrape();
        assertThat(registry.getMeters()).hasSizeGreaterThan(30);
        int before = sink.metricsCalls.get();

        nextScrape().scrape();
        assertThat(sink.metricsCalls).hasValue(before + 1);

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        scrape();
        assertThat(sink.metricsCalls).as("a second has not elapsed").hasValue(before + 1);

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        scrape();
        assertThat(sink.metricsCalls).hasValue(before + 2);
    }

    private void scrape() {
        registry.forEachMeter(meter -> meter.measure().forEach(Measurement::getValue));
    }

    /** Lets enough time pass for the meters to build the status again. */
    private WebWatchMetersTest nextScrape() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        return this;
    }

    private void write() {
        webWatch.event("written", Map.of());
        await().until(() -> webWatch.status().sinks().get(0).state() == SinkStatus.State.RUNNING);
    }

    private Gauge gauge(String name) {
        return registry.get(name).gauge();
    }
}

package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import io.webwatch.status.SinkStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebWatchMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TellingSink sink = new TellingSink();

    @TempDir
    private Path data;

    private WebWatch webWatch;

    @BeforeEach
    void start() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.sinks", "telling")
                .set("webwatch.data-directory", data.toString())
                .set("webwatch.batch.linger", "5ms")
                .set("webwatch.retry.initial", "10ms")
                .build();
        webWatch = WebWatch.builder().config(config).sink(sink).start();
        new WebWatchMeters(webWatch).bindTo(registry);
    }

    @AfterEach
    void close() {
        webWatch.close();
    }

    @Test
    void figuresOfASink_areMetersOnceItHasThem() {
        sink.figures.put("request_latency_ms", 2.5);
        assertThat(registry.find("webwatch.sink.telling.request.latency.ms").gauge())
                .as("a sink that nobody needed yet is not open")
                .isNull();

        write();
        gauge("webwatch.sink.lag").value(); // as every scrape does
        assertThat(gauge("webwatch.sink.telling.request.latency.ms").value()).isEqualTo(2.5);
        assertThat(gauge("webwatch.sink.telling.request.latency.ms").getId().getTag("sink"))
                .isEqualTo("telling");

        sink.figures.put("request_latency_ms", 3.5);
        sink.figures.put("sent_bytes", 7.0);
        assertThat(registry.get("webwatch.sink.written").functionCounter().count())
                .isPositive();
        assertThat(gauge("webwatch.sink.telling.request.latency.ms").value()).isEqualTo(3.5);
        assertThat(gauge("webwatch.sink.telling.sent.bytes").value()).isEqualTo(7);

        sink.figures.remove("sent_bytes");
        assertThat(gauge("webwatch.sink.telling.sent.bytes").value()).isNaN();
    }

    @Test
    void warningsOfASink_areCounted() {
        write();
        double others = gauge("webwatch.warnings").value();
        assertThat(gauge("webwatch.sink.warnings").value()).isZero();

        sink.warnings.add("A tag has too many values.");

        assertThat(gauge("webwatch.sink.warnings").value()).isEqualTo(1);
        assertThat(gauge("webwatch.warnings").value()).isEqualTo(others + 1);
    }

    @Test
    void sinkThatIsTriedAgain_isSeen() {
        write();
        assertThat(gauge("webwatch.sink.retrying").value()).isZero();

        sink.failing = true;
        webWatch.event("written", Map.of());
        await().until(() -> gauge("webwatch.sink.retrying").value() == 1);
        assertThat(gauge("webwatch.sink.lag").value()).isPositive();

        sink.failing = false;
        await().until(() -> gauge("webwatch.sink.retrying").value() == 0);
    }

    private void write() {
        webWatch.event("written", Map.of());
        await().until(() -> webWatch.status().sinks().get(0).state() == SinkStatus.State.RUNNING);
    }

    private Gauge gauge(String name) {
        return registry.get(name).gauge();
    }

    /** Tells what it is told to tell. */
    private static final class TellingSink implements SinkFactory, Sink {
        private final Map<String, Double> figures = new ConcurrentSkipListMap<>();
        private final List<String> warnings = new CopyOnWriteArrayList<>();
        private volatile boolean failing;

        @Override
        public String name() {
            return "telling";
        }

        @Override
        public boolean isConfigured(WebWatchConfig config) {
            return true;
        }

        @Override
        public Sink create(SinkContext context) {
            return this;
        }

        @Override
        public CompletionStage<WriteResult> write(EventBatch batch) {
            return CompletableFuture.completedStage(failing ? WriteResult.retriable("down") : WriteResult.written());
        }

        @Override
        public Map<String, Double> metrics() {
            return new TreeMap<>(figures);
        }

        @Override
        public List<String> warnings() {
            return List.copyOf(warnings);
        }

        @Override
        public void close() {}
    }
}

package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.DropReason;
import io.webwatch.sink.EventBatch;
import io.webwatch.sink.Sink;
import io.webwatch.sink.SinkContext;
import io.webwatch.sink.SinkFactory;
import io.webwatch.sink.WriteResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthReportTest {
    @TempDir
    private Path data;

    @Test
    void details_haveKeysInSnakeCaseOnly() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.sinks", "unavailable")
                .set("webwatch.data-directory", data.toString())
                .build();
        try (WebWatch webWatch =
                WebWatch.builder().config(config).sink(new UnavailableSink()).start()) {
            webWatch.dropped(DropReason.MEDIA_TYPE, 1);
            webWatch.event("written", Map.of());
            await().until(() -> keys(details(webWatch)).anyMatch("last_error"::equals));

            assertThat(keys(details(webWatch)))
                    .contains("accepted", "media_type", "last_error", "bytes")
                    .allSatisfy(key -> assertThat(key).matches("[a-z0-9]+(_[a-z0-9]+)*"));
        }
    }

    private static Map<String, Object> details(WebWatch webWatch) {
        return HealthReport.of(webWatch.status()).details();
    }

    /** Returns all keys, at every depth. */
    private static Stream<String> keys(Map<?, ?> details) {
        return details.entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.getKey().toString()),
                        entry.getValue() instanceof Map<?, ?> nested ? keys(nested) : Stream.empty()));
    }

    private static final class UnavailableSink implements SinkFactory, Sink {
        @Override
        public String name() {
            return "unavailable";
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
            return CompletableFuture.completedStage(WriteResult.retriable("down"));
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}

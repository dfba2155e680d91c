package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.DropReason;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthReportTest {
    @TempDir
    private Path data;

    @Test
    void details_haveKeysInSnakeCaseOnly() {
        WebWatchConfig config = WebWatchConfig.builder()
                .set("webwatch.sinks", "fake")
                .set("webwatch.data-directory", data.toString())
                .build();
        FakeSink sink = new FakeSink();
        sink.failing = true;
        try (WebWatch webWatch = WebWatch.builder().config(config).sink(sink).start()) {
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
}

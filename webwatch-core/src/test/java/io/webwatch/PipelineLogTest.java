package io.webwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.webwatch.config.PropertySources;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.request.ClientFacts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads in the log at start-up and shutdown. */
class PipelineLogTest {
    private static final String WARNING =
            "Unknown property webwatch.bacth.linger: it has no effect. Did you mean webwatch.batch.linger?";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @BeforeEach
    void captureLog() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8)); // where slf4j-simple writes
    }

    @AfterEach
    void releaseLog() {
        System.setErr(standardError);
    }

    @Test
    void unknownProperty_isLoggedOnceAndRemainsInTheStatus() {
        try (WebWatch webwatch = start(Map.of("webwatch.bacth.linger", "1s"))) {
            assertThat(webwatch.status().warnings()).containsExactly(WARNING);
        }
        assertThat(log()).containsOnlyOnce(WARNING);
    }

    @Test
    void stop_withoutLosses_saysSo() {
        start(Map.of()).close();
        assertThat(log())
                .contains("WebWatch started. Data directory: " + directory + ". Sinks: none, only the live view.")
                .contains("WebWatch stopped. Events accepted since start: 0; nothing was dropped.");
    }

    @Test
    void stop_afterLosses_listsThemByReason() {
        try (WebWatch webwatch = start(Map.of())) {
            webwatch.accept(new byte[] {'{'}, 0, 1, ClientFacts.APPLICATION);
            webwatch.event("paid");
        }
        assertThat(log()).contains("WebWatch stopped. Events accepted since start: 1; dropped: malformed 1.");
    }

    private WebWatch start(Map<String, String> properties) {
        return WebWatch.start(WebWatchConfig.builder()
                .set("webwatch.data-directory", directory.toString())
                .source(PropertySources.of(properties))
                .build());
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }
}

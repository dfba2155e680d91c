package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a person reads when WebWatch stops an application from starting. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {
    @TempDir
    private Path data;

    @Test
    void wrongValue_isExplainedWithItsOriginAndRemedy(CapturedOutput output) {
        assertThatThrownBy(() -> RunningApplication.start(data, "--webwatch.buffer.capacity=1"))
                .hasStackTraceContaining(ConfigurationException.class.getName());

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("webwatch.buffer.capacity: 1 is below 2.")
                .contains("It is set in \"webwatch.buffer.capacity\" from property source \"commandLineArgs\".")
                .containsPattern(
                        "Action:\\s+Use a whole number from 2 to 16777216, for example 65536 \\(the default\\)\\.");
    }

    @Test
    void wrongFlag_isExplainedToo(CapturedOutput output) {
        assertThatThrownBy(() -> RunningApplication.start(data, "--webwatch.enabled=perhaps"))
                .hasStackTraceContaining(ConfigurationException.class.getName());

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("webwatch.enabled: perhaps is neither true nor false.");
    }

    @Test
    void absentSink_namesTheDependencyToAdd(CapturedOutput output) {
        assertThatThrownBy(() -> RunningApplication.start(data, "--webwatch.sinks=duckdb"))
                .hasStackTraceContaining(ConfigurationException.class.getName());

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("webwatch.sinks: duckdb is not on the class path.")
                .containsPattern("Action:\\s+Add the dependency io\\.webwatch:webwatch-duckdb\\.");
    }

    @Test
    void emptySecret_isExplained(CapturedOutput output) {
        assertThatThrownBy(() -> RunningApplication.start(data, "--webwatch.dashboard.password="))
                .hasStackTraceContaining(ConfigurationException.class.getName());

        assertThat(output).contains("webwatch.dashboard.password: must not be empty. Use a password");
    }
}

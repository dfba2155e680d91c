package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WebFluxWarningTest {
    private static final String WARNING = "WebWatch is not active";

    private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(WebWatchAutoConfiguration.class, WebWatchWebFluxAutoConfiguration.class));

    @Test
    void webFluxApplication_isWarnedOnce(CapturedOutput output) {
        runner.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean("webWatch");
            assertThat(output).containsOnlyOnce(WARNING);
        });
    }

    @Test
    void disabled_doesNotWarn(CapturedOutput output) {
        runner.withPropertyValues("webwatch.enabled=false").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).doesNotContain(WARNING);
        });
    }
}

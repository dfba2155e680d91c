package io.webwatch.spring;

import io.webwatch.WebWatch;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of a health indicator for Spring Boot 3. */
@AutoConfiguration(
        after = WebWatchAutoConfiguration.class,
        beforeName = "org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration")
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.health.HealthIndicator",
            "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean(WebWatch.class)
public final class WebWatchBoot3HealthAutoConfiguration {
    /** The health component {@code webwatch}. */
    @Bean
    @ConditionalOnEnabledHealthIndicator("webwatch")
    @ConditionalOnMissingBean(name = "webwatchHealthIndicator")
    HealthIndicator webwatchHealthIndicator(WebWatch webWatch) {
        return () -> {
            HealthReport report = HealthReport.of(webWatch.status());
            return (report.degraded() ? Health.status(HealthReport.DEGRADED) : Health.up())
                    .withDetails(report.details())
                    .build();
        };
    }
}

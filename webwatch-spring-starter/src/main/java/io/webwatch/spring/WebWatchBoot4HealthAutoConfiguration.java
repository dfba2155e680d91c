package io.webwatch.spring;

import io.webwatch.WebWatch;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of a health indicator for Spring Boot 4. */
@AutoConfiguration(
        after = WebWatchAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration")
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.HealthIndicator",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean(WebWatch.class)
public final class WebWatchBoot4HealthAutoConfiguration {
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

package io.webwatch.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.webwatch.WebWatch;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of meters, if Micrometer is present. */
@AutoConfiguration(after = WebWatchAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(WebWatch.class)
public final class WebWatchMetricsAutoConfiguration {
    /** The meters {@code webwatch.*}. */
    @Bean
    @ConditionalOnMissingBean(name = "webWatchMeters")
    MeterBinder webWatchMeters(WebWatch webWatch) {
        return new WebWatchMeters(webWatch);
    }
}

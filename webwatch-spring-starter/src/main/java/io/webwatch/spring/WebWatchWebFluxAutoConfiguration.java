package io.webwatch.spring;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Auto-configuration that logs a warning in WebFlux applications, which WebWatch does not support. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@Conditional(OnWebWatchEnabled.class)
public final class WebWatchWebFluxAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatchWebFluxAutoConfiguration.class);

    /** Logs the warning at the end of start-up. */
    @Bean
    SmartInitializingSingleton webWatchWebFluxWarning() {
        return () -> LOG.warn("WebWatch is not active, because it does not support WebFlux applications."
                + " Remove webwatch-spring-starter, or use spring-boot-starter-web.");
    }
}

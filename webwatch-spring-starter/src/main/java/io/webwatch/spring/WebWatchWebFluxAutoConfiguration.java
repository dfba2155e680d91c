package io.webwatch.spring;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Says in a WebFlux application, once, that WebWatch does nothing there. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@Conditional(OnWebWatchEnabled.class)
public final class WebWatchWebFluxAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatchWebFluxAutoConfiguration.class);

    /** Warns at the end of start-up. */
    @Bean
    SmartInitializingSingleton webWatchWebFluxWarning() {
        return () -> LOG.warn("WebWatch needs a servlet container and is not active in this WebFlux application."
                + " Remove webwatch-spring-starter, or use spring-boot-starter-web.");
    }
}

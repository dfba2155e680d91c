package io.webwatch.spring;

import io.webwatch.WebWatch;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.config.WebWatchProperties.Identity;
import io.webwatch.servlet.DashboardAccess;
import io.webwatch.servlet.DashboardServlet;
import io.webwatch.servlet.WebWatchFilter;
import io.webwatch.sink.SinkFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Auto-configuration of WebWatch for servlet applications with Spring Boot 3.5 or 4. The configuration comes from the
 * environment. The filter for the public endpoints is ordered before Spring Security, and the dashboard after it.
 *
 * <p>Each bean backs off if the application defines a bean of the same type, or for registrations, of the same name.
 * No {@code SecurityFilterChain} is contributed.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(OnWebWatchEnabled.class)
public final class WebWatchAutoConfiguration {
    /** Name of the bean that exists if Spring Security is active in a servlet application. */
    private static final String SECURITY_FILTER = "springSecurityFilterChain";

    private static final String SECURITY_ORDER = "spring.security.filter.order";
    private static final int SECURITY_ORDER_DEFAULT = -100;

    /** The configuration, from the {@code webwatch.*} properties of the environment. */
    @Bean
    @ConditionalOnMissingBean
    WebWatchConfig webWatchConfig(Environment environment) {
        return WebWatchConfig.builder()
                .source(new EnvironmentSource(environment))
                .build();
    }

    /** WebWatch, with the sinks on the class path and those that are beans. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    WebWatch webWatch(WebWatchConfig config, ObjectProvider<SinkFactory> sinks, ResourceLoader resources) {
        WebWatch.Builder builder = WebWatch.builder().config(config);
        ClassLoader loader = resources.getClassLoader();
        if (loader != null) {
            builder.classLoader(loader);
        }
        sinks.orderedStream().forEach(builder::sink);
        return builder.start();
    }

    /** Access to the dashboard: by role if Spring Security is active, otherwise with HTTP Basic. */
    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnDashboardEnabled.class)
    DashboardAccess webWatchDashboardAccess(WebWatchConfig config, BeanFactory beans) {
        return beans.containsBean(SECURITY_FILTER)
                ? new RoleDashboardAccess(
                        config.find(WebWatchProperties.DASHBOARD_ROLE).orElse(null))
                : DashboardAccess.basic(config);
    }

    /**
     * The filter for the public endpoints and the script tag. It runs before Spring Security, which would ask for a
     * CSRF token.
     */
    @Bean
    @ConditionalOnMissingBean(name = "webWatchFilterRegistration")
    FilterRegistrationBean<WebWatchFilter> webWatchFilterRegistration(WebWatch webWatch, Environment environment) {
        FilterRegistrationBean<WebWatchFilter> registration =
                new FilterRegistrationBean<>(new WebWatchFilter(webWatch));
        registration.setName("webwatch");
        registration.setOrder(beforeSecurity(environment, 1));
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return registration;
    }

    /** The dashboard: a servlet, so that all filters of the application apply to it. */
    @Bean
    @ConditionalOnMissingBean(name = "webWatchDashboardRegistration")
    @Conditional(OnDashboardEnabled.class)
    ServletRegistrationBean<DashboardServlet> webWatchDashboardRegistration(WebWatch webWatch, DashboardAccess access) {
        ServletRegistrationBean<DashboardServlet> registration = new ServletRegistrationBean<>(
                new DashboardServlet(webWatch, access), webWatch.config().get(WebWatchProperties.PATH) + "/*");
        registration.setName("webwatch");
        return registration;
    }

    /** Ends the live streams before the web server waits for open requests. */
    @Bean
    @ConditionalOnMissingBean(name = "webWatchLiveStreamLifecycle")
    @Conditional(OnDashboardEnabled.class)
    SmartLifecycle webWatchLiveStreamLifecycle(ObjectProvider<ServletRegistrationBean<DashboardServlet>> dashboards) {
        return new LiveStreamLifecycle(
                () -> dashboards.forEach(dashboard -> dashboard.getServlet().endStreams()));
    }

    private static int beforeSecurity(Environment environment, int steps) {
        int security = environment.getProperty(SECURITY_ORDER, Integer.class, SECURITY_ORDER_DEFAULT);
        return (int) Math.max(Integer.MIN_VALUE, (long) security - steps);
    }

    /** The signed-in user, for {@code webwatch.privacy.identity=user}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.security.core.context.SecurityContext")
    static class SecurityUserConfiguration {
        /** Makes the user of the session available to the public endpoints, which run before Spring Security. */
        @Bean
        @ConditionalOnMissingBean(name = "webWatchUserFilterRegistration")
        FilterRegistrationBean<Filter> webWatchUserFilterRegistration(WebWatchConfig config, Environment environment) {
            FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new SessionUserFilter());
            registration.setName("webwatchUser");
            registration.setOrder(beforeSecurity(environment, 2));
            String path = config.get(WebWatchProperties.PATH);
            registration.addUrlPatterns(path + "/events", path + "/pixel.gif");
            registration.setEnabled(config.get(WebWatchProperties.PRIVACY_IDENTITY) == Identity.USER);
            return registration;
        }
    }
}

package io.webwatch.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.webwatch.WebWatch;
import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import io.webwatch.servlet.DashboardAccess;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class WebWatchAutoConfigurationTest {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            WebWatchAutoConfiguration.class,
            WebWatchBoot3HealthAutoConfiguration.class,
            WebWatchBoot4HealthAutoConfiguration.class,
            WebWatchMetricsAutoConfiguration.class);

    @TempDir
    private Path data;

    private WebApplicationContextRunner runner;

    @BeforeEach
    void prepare() {
        runner = new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues("webwatch.data-directory=" + data);
    }

    @Test
    void beans_arePresentByDefault() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(WebWatch.class).hasSingleBean(WebWatchConfig.class);
            assertThat(context).hasSingleBean(DashboardAccess.class).hasBean("webWatchFilterRegistration");
            assertThat(context).hasBean("webWatchDashboardRegistration").hasBean("webWatchLiveStreamLifecycle");
            assertThat(context).hasSingleBean(MeterBinder.class);
        });
    }

    @Test
    void health_isPresentOnceInEachVersionOfBoot() {
        runner.run(context -> assertThat(context.getBeanDefinitionNames())
                .filteredOn(name -> name.equals("webwatchHealthIndicator"))
                .hasSize(1));
    }

    @Test
    void health_canBeDisabled() {
        runner.withPropertyValues("management.health.webwatch.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("webwatchHealthIndicator"));
    }

    @Test
    void disabled_contributesNothing() {
        for (String word : List.of("false", "no", "OFF")) {
            runner.withPropertyValues("webwatch.enabled=" + word)
                    .run(context -> assertThat(context)
                            .doesNotHaveBean(WebWatch.class)
                            .doesNotHaveBean(MeterBinder.class)
                            .doesNotHaveBean("webwatchHealthIndicator"));
        }
    }

    @Test
    void nonWebApplication_getsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebWatch.class));
    }

    @Test
    void dashboard_canBeDisabled() {
        runner.withPropertyValues("webwatch.dashboard.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(WebWatch.class)
                        .doesNotHaveBean(DashboardAccess.class)
                        .doesNotHaveBean("webWatchDashboardRegistration"));
    }

    @Test
    void ownBeans_replaceOurs() {
        runner.withUserConfiguration(OwnBeans.class).run(context -> {
            assertThat(context.getBean(WebWatchConfig.class).get(WebWatchProperties.SITE))
                    .isEqualTo("own");
            assertThat(context.getBean(WebWatch.class).config().get(WebWatchProperties.SITE))
                    .isEqualTo("own");
            assertThat(context).hasSingleBean(DashboardAccess.class);
            assertThat(context.getBean(DashboardAccess.class)).isSameAs(OwnBeans.ACCESS);
            assertThat(context.getBean("webWatchFilterRegistration", FilterRegistrationBean.class)
                            .isEnabled())
                    .isFalse();
        });
    }

    @Test
    void filter_comesBeforeSpringSecurity() {
        runner.run(context -> assertThat(
                        order(context.getBean("webWatchFilterRegistration", FilterRegistrationBean.class)))
                .isEqualTo(-101));
        runner.withPropertyValues("spring.security.filter.order=-500")
                .run(context -> assertThat(
                                order(context.getBean("webWatchFilterRegistration", FilterRegistrationBean.class)))
                        .isEqualTo(-501));
    }

    @Test
    void path_movesTheDashboard() {
        runner.withPropertyValues("webwatch.path=/internal/stats").run(context -> {
            ServletRegistrationBean<?> registration =
                    context.getBean("webWatchDashboardRegistration", ServletRegistrationBean.class);
            assertThat(registration.getUrlMappings()).containsExactly("/internal/stats/*");
        });
    }

    @Test
    void micrometer_isOptional() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(WebWatch.class));
    }

    @Test
    void springSecurity_isOptional() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(DashboardAccess.class)
                        .doesNotHaveBean("webWatchUserFilterRegistration"));
    }

    @Test
    void actuator_isOptional() {
        runner.withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context ->
                        assertThat(context).hasSingleBean(WebWatch.class).doesNotHaveBean("webwatchHealthIndicator"));
    }

    @Test
    void userFilter_isActiveOnlyWithUserIdentity() {
        runner.run(context -> assertThat(registration(context.getBean("webWatchUserFilterRegistration"))
                        .isEnabled())
                .isFalse());
        runner.withPropertyValues("webwatch.privacy.identity=user")
                .run(context -> assertThat(registration(context.getBean("webWatchUserFilterRegistration"))
                                .isEnabled())
                        .isTrue());
    }

    @Test
    void properties_areBoundWithRelaxedNames() {
        runner.withPropertyValues(
                        "webwatch.batch.maxEvents=7",
                        "WebWatch.Session.Timeout=PT20M",
                        "webwatch.privacy.query-params[0]=colour",
                        "webwatch.privacy.query-params[1]=size",
                        "shop.name=lamps",
                        "webwatch.site=${shop.name}-1")
                .run(context -> {
                    WebWatchConfig config = context.getBean(WebWatchConfig.class);
                    assertThat(config.get(WebWatchProperties.BATCH_MAX_EVENTS)).isEqualTo(7);
                    assertThat(config.get(WebWatchProperties.SESSION_TIMEOUT)).isEqualTo(Duration.ofMinutes(20));
                    assertThat(config.list(WebWatchProperties.PRIVACY_QUERY_PARAMS))
                            .containsExactly("colour", "size");
                    assertThat(config.get(WebWatchProperties.SITE)).isEqualTo("lamps-1");
                });
    }

    @Test
    void environmentVariables_areReadWithAndWithoutUnderscoresForDashes() {
        assertThat(fromEnvironment(Map.of("WEBWATCH_BATCH_MAXEVENTS", "8")).get(WebWatchProperties.BATCH_MAX_EVENTS))
                .isEqualTo(8);
        WebWatchConfig underscores = fromEnvironment(Map.of("WEBWATCH_BATCH_MAX_EVENTS", "9"));
        assertThat(underscores.get(WebWatchProperties.BATCH_MAX_EVENTS)).isEqualTo(9);
        assertThat(underscores.unknownNames()).isEmpty();
    }

    @Test
    void unknownNames_areReported() {
        runner.withPropertyValues("webwatch.bacth.linger=1s", "webwatch.tracker.exclude[0]=/admin/*")
                .run(context -> assertThat(context.getBean(WebWatchConfig.class).unknownNames())
                        .containsExactly("webwatch.bacth.linger"));
    }

    @Test
    void invalidValue_preventsStartUp() {
        runner.withPropertyValues("webwatch.batch.linger=soon")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasRootCauseInstanceOf(ConfigurationException.class)
                        .hasStackTraceContaining("webwatch.batch.linger: soon is not a duration"));
    }

    private static WebWatchConfig fromEnvironment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return WebWatchConfig.builder()
                .source(new EnvironmentSource(environment))
                .build();
    }

    private static int order(FilterRegistrationBean<?> registration) {
        return registration.getOrder();
    }

    private static FilterRegistrationBean<?> registration(Object bean) {
        return (FilterRegistrationBean<?>) bean;
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBeans {
        static final DashboardAccess ACCESS = DashboardAccess.open();

        @Bean
        WebWatchConfig ownConfig(org.springframework.core.env.Environment environment) {
            return WebWatchConfig.builder()
                    .set(WebWatchProperties.SITE, "own")
                    .set(
                            WebWatchProperties.DATA_DIRECTORY,
                            Path.of(environment.getRequiredProperty("webwatch.data-directory")))
                    .build();
        }

        @Bean
        DashboardAccess ownAccess() {
            return ACCESS;
        }

        @Bean
        FilterRegistrationBean<Filter> webWatchFilterRegistration() {
            FilterRegistrationBean<Filter> registration =
                    new FilterRegistrationBean<>((request, response, chain) -> chain.doFilter(request, response));
            registration.setEnabled(false);
            return registration;
        }
    }
}

package io.webwatch.servlet;

import io.webwatch.WebWatch;
import io.webwatch.config.ConfigurationException;
import io.webwatch.config.PropertySource;
import io.webwatch.config.WebWatchProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts WebWatch in any servlet application that has it on the class path: registers the filter and the dashboard,
 * and closes them with the context. Does nothing if {@code webwatch.enabled} is false or if the Spring starter is
 * present. The container calls it once.
 */
public final class WebWatchServletContainerInitializer implements ServletContainerInitializer {
    private static final Logger LOG = LoggerFactory.getLogger(WebWatchServletContainerInitializer.class);
    private static final String STARTER = "io/webwatch/spring/WebWatchAutoConfiguration.class";
    private static final String NAME = "webwatch";
    private static final PropertySource NOTHING = name -> null;

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (hasStarter()) {
            return;
        }
        FilterRegistration declared = declared(context);
        ContextLifecycle lifecycle = ContextLifecycle.of(context);
        WebWatch webWatch = lifecycle.join(declared == null ? NOTHING : new InitParameters(declared));
        if (webWatch == null) {
            lifecycle.leave();
            return;
        }
        try {
            if (declared == null) {
                registerFilter(context, webWatch);
            }
            registerDashboard(context, webWatch);
            context.addListener(new Stop(lifecycle));
        } catch (RuntimeException | LinkageError e) {
            lifecycle.leave();
            if (e instanceof ConfigurationException) {
                throw new ServletException(e.getMessage(), e);
            }
            LOG.warn("WebWatch failed to start and stays inactive. The application is not affected.", e);
        }
    }

    private static boolean hasStarter() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return (loader == null ? ClassLoader.getSystemClassLoader() : loader).getResource(STARTER) != null;
    }

    private static @Nullable FilterRegistration declared(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .filter(registration -> WebWatchFilter.class.getName().equals(registration.getClassName()))
                .findFirst()
                .orElse(null);
    }

    private static void registerFilter(ServletContext context, WebWatch webWatch) {
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new WebWatchFilter(webWatch));
        if (filter == null) {
            LOG.warn(
                    "The application has another filter named {}. WebWatch serves no tracker and collects no events;"
                            + " rename that filter.",
                    NAME);
            return;
        }
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
    }

    private static void registerDashboard(ServletContext context, WebWatch webWatch) {
        boolean isDeclared = context.getServletRegistrations().values().stream()
                .anyMatch(registration -> DashboardServlet.class.getName().equals(registration.getClassName()));
        if (isDeclared || !webWatch.config().get(WebWatchProperties.DASHBOARD_ENABLED)) {
            return;
        }
        DashboardAccess access = DashboardAccess.basic(webWatch.config());
        ServletRegistration.Dynamic servlet = context.addServlet(NAME, new DashboardServlet(webWatch, access));
        if (servlet == null) {
            LOG.warn(
                    "The application has another servlet named {}. The WebWatch dashboard is not available; rename that"
                            + " servlet.",
                    NAME);
            return;
        }
        servlet.setAsyncSupported(true);
        String pattern = webWatch.config().get(WebWatchProperties.PATH) + "/*";
        if (!servlet.addMapping(pattern).isEmpty()) {
            LOG.warn(
                    "Another servlet is mapped to {}. The WebWatch dashboard is not available; set webwatch.path to"
                            + " another path.",
                    pattern);
        }
    }

    /** Closes WebWatch with the context, after the last request. */
    private static final class Stop implements ServletContextListener {
        private final ContextLifecycle lifecycle;

        Stop(ContextLifecycle lifecycle) {
            this.lifecycle = lifecycle;
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            DashboardServlet.endStreams(event.getServletContext());
            lifecycle.leave();
        }
    }
}

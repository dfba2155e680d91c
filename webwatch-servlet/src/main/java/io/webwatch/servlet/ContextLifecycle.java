package io.webwatch.servlet;

import io.webwatch.WebWatch;
import io.webwatch.config.ConfigurationException;
import io.webwatch.config.PropertySource;
import io.webwatch.config.PropertySources;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.config.WebWatchProperties;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one WebWatch of a servlet context. Starts it for the first of its users (initializer, filter and servlet), and
 * closes it after the last of them. Thread-safe.
 */
final class ContextLifecycle {
    /** Name of the context attribute that holds the running {@link WebWatch}. An application may set it itself. */
    static final String ATTRIBUTE = "io.webwatch.WebWatch";

    private static final Logger LOG = LoggerFactory.getLogger(ContextLifecycle.class);
    private static final String OWN_ATTRIBUTE = ContextLifecycle.class.getName();

    private final ServletContext context;
    private boolean tried;
    private int users;
    private @Nullable WebWatch started;

    private ContextLifecycle(ServletContext context) {
        this.context = context;
    }

    /** Returns the lifecycle of a servlet context. */
    static synchronized ContextLifecycle of(ServletContext context) {
        if (context.getAttribute(OWN_ATTRIBUTE) instanceof ContextLifecycle lifecycle) {
            return lifecycle;
        }
        ContextLifecycle lifecycle = new ContextLifecycle(context);
        context.setAttribute(OWN_ATTRIBUTE, lifecycle);
        return lifecycle;
    }

    /**
     * Returns the context's WebWatch, and starts it on the first call. Each call requires a later call of
     * {@link #leave}.
     *
     * @param initParameters read after system properties and environment, before those of the context
     * @return null if WebWatch is disabled or could not start
     * @throws ServletException if a property has a wrong value
     */
    synchronized @Nullable WebWatch join(PropertySource initParameters) throws ServletException {
        users++;
        if (context.getAttribute(ATTRIBUTE) instanceof WebWatch running) {
            return running;
        }
        if (!tried) {
            tried = true;
            started = start(initParameters);
            if (started != null) {
                context.setAttribute(ATTRIBUTE, started);
            }
        }
        return started;
    }

    private @Nullable WebWatch start(PropertySource initParameters) throws ServletException {
        try {
            WebWatchConfig config = WebWatchConfig.builder()
                    .source(PropertySources.systemProperties())
                    .source(PropertySources.environment(System.getenv()))
                    .source(initParameters)
                    .source(InitParameters.of(context))
                    .source(PropertySources.classPath(loader()))
                    .build();
            if (!config.get(WebWatchProperties.ENABLED)) {
                return null;
            }
            return WebWatch.builder().config(config).classLoader(loader()).start();
        } catch (ConfigurationException e) {
            throw new ServletException(e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("WebWatch failed to start and stays inactive. The application is not affected.", e);
            return null;
        }
    }

    /**
     * Returns the application's class loader, which has its stores and properties. A parent may have loaded WebWatch.
     */
    private static ClassLoader loader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? ContextLifecycle.class.getClassLoader() : loader;
    }

    /** Ends one use. Closes WebWatch after the last one, unless the application has started it. */
    synchronized void leave() {
        users--;
        if (users == 0 && started != null) {
            context.removeAttribute(ATTRIBUTE);
            started.close();
            started = null;
            tried = false;
        }
    }
}

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
 * The one WebWatch of a servlet context: started by whichever of initializer, filter and servlet comes first, closed
 * when the last of them goes. Thread-safe.
 */
final class ContextLifecycle {
    /** Name of the context attribute that holds the running {@link WebWatch}; an application may set it itself. */
    static final String ATTRIBUTE = "io.webwatch.WebWatch";

    private static final Logger LOG = LoggerFactory.getLogger(ContextLifecycle.class);
    private static final String OWN_ATTRIBUTE = ContextLifecycle.class.getName();

    private final ServletContext context;
    private boolean tried;
    private int members;
    private @Nullable WebWatch started;

    private ContextLifecycle(ServletContext context) {
        this.context = context;
    }

    /** The one of the servlet context. */
    static synchronized ContextLifecycle of(ServletContext context) {
        if (context.getAttribute(OWN_ATTRIBUTE) instanceof ContextLifecycle lifecycle) {
            return lifecycle;
        }
        ContextLifecycle lifecycle = new ContextLifecycle(context);
        context.setAttribute(OWN_ATTRIBUTE, lifecycle);
        return lifecycle;
    }

    /**
     * The context's WebWatch, started when it is not yet; null when it is not enabled or cannot start now. Each call is
     * to be followed by one of {@link #leave}.
     *
     * @throws ServletException when a property has a wrong value
     */
    synchronized @Nullable WebWatch join(PropertySource initParameters) throws ServletException {
        members++;
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
            if (!config.unknownNames().isEmpty()) {
                LOG.warn("Unknown properties, perhaps misspelt: {}", config.unknownNames());
            }
            return WebWatch.builder().config(config).classLoader(loader()).start();
        } catch (ConfigurationException e) {
            throw new ServletException(e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("WebWatch cannot start and stays inactive; the application is not affected.", e);
            return null;
        }
    }

    /** The application's loader, where its stores and its properties are; WebWatch may come from a parent of it. */
    private static ClassLoader loader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? ContextLifecycle.class.getClassLoader() : loader;
    }

    /** Closes what was started here when nobody uses it any more. */
    synchronized void leave() {
        members--;
        if (members == 0 && started != null) {
            context.removeAttribute(ATTRIBUTE);
            started.close();
            started = null;
            tried = false;
        }
    }
}

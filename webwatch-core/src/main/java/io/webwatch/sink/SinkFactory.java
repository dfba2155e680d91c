package io.webwatch.sink;

import io.webwatch.config.WebWatchConfig;

/**
 * Creates a sink from the configuration. Found by {@link java.util.ServiceLoader}, and therefore needs a public
 * constructor without parameters, which must have no effects.
 */
public interface SinkFactory {
    /** Returns the name in {@code webwatch.sinks}, status and metrics: lower-case letters, digits and dashes. */
    String name();

    /** Returns whether the required properties of the sink are set. If so, the sink is used by default. */
    boolean isConfigured(WebWatchConfig config);

    /**
     * Returns whether the sink answers queries, which means that it implements {@link io.webwatch.query.QueryStore}.
     * Called before the sink is opened.
     */
    default boolean answersQueries() {
        return false;
    }

    /**
     * Returns whether the sink keeps files in the data directory. If so, it is opened only while no other application
     * uses the directory.
     */
    default boolean usesDataDirectory() {
        return false;
    }

    /**
     * Returns whether several instances of an application can write to the same store, and should therefore use the
     * same pseudonym for a visitor.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Opens the sink. Called by the sink's own worker thread, so it may block. If it throws, the failure is logged once
     * and the call is repeated with back-off, while the application continues to run.
     *
     * @throws io.webwatch.config.ConfigurationException if a value is invalid that {@link #validate} could not check
     * @throws Exception if the store cannot be opened now
     */
    Sink create(SinkContext context) throws Exception;

    /**
     * Checks the values of the sink's properties at start-up.
     *
     * @throws io.webwatch.config.ConfigurationException if a value is invalid
     */
    default void validate(WebWatchConfig config) {}
}

package io.webwatch.sink;

import io.webwatch.config.WebWatchConfig;

/**
 * Makes a sink from configuration. Found by {@link java.util.ServiceLoader}; needs a public constructor without
 * parameters that does nothing.
 */
public interface SinkFactory {
    /** Name in {@code webwatch.sinks}, in status and in counters: lower-case letters, digits and dashes. */
    String name();

    /** Whether the settings without which the sink cannot work are given; such sinks are used by default. */
    boolean isConfigured(WebWatchConfig config);

    /**
     * Whether the sink answers questions: it implements {@link io.webwatch.query.QueryStore}. Asked before it is open.
     */
    default boolean answersQueries() {
        return false;
    }

    /**
     * Whether the sink keeps files in the data directory; it is opened only while this application owns that.
     */
    default boolean usesDataDirectory() {
        return false;
    }

    /**
     * Whether several instances of an application write to the same store, so that they should give a visitor the same
     * pseudonym.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Opens the sink. Called on the sink's own worker thread, so that it may block; an exception is logged once and
     * tried again with back-off while the application runs on.
     *
     * @throws io.webwatch.config.ConfigurationException for a wrong value (checked at start by {@link #validate})
     * @throws Exception when the store cannot be opened now
     */
    Sink create(SinkContext context) throws Exception;

    /**
     * Checks the values of the sink's properties at start-up.
     *
     * @throws io.webwatch.config.ConfigurationException naming property, value and remedy
     */
    default void validate(WebWatchConfig config) {}
}

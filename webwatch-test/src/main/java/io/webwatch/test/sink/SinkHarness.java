package io.webwatch.test.sink;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.sink.SinkFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@linkplain SinkCompatibilityKit kit} needs to know about a sink and its store. A new harness with an empty store
 * is created for each test. Used by one thread.
 */
public interface SinkHarness {
    /** Returns the factory of the sink. */
    SinkFactory factory();

    /** Returns the configuration of the sink. Use short time-outs, so that tests with a failing peer are fast. */
    default WebWatchConfig config() {
        return WebWatchConfig.defaults();
    }

    /**
     * Returns the ids of the candidates in the store, one for each copy, in the order of the store. Called when the sink is
     * closed.
     *
     * @param candidates all events that the test has written, for stores that do not contain the ids
     */
    List<String> stored(List<Event> candidates) throws Exception;

    /**
     * Returns the attributes of an event in the store, with the names of {@code docs/events.md} as keys. Only values of type
     * String, Number and Boolean are checked. Attributes that the store does not have under these names can be omitted.
     * Called when the sink is closed.
     */
    default Map<String, ?> attributes(Event event) throws Exception {
        return Map.of();
    }

    /** Returns whether a repeated write adds a second copy with the same id. */
    default boolean keepsCopies() {
        return false;
    }

    /** Returns whether the store keeps the order in which a visitor's events were written. */
    default boolean keepsOrder() {
        return true;
    }

    /**
     * Turns a sample into an event that the store will never accept, such as one that is too large. Returns empty if the
     * store accepts all events.
     */
    default Optional<Event> unacceptable(Event sample) {
        return Optional.empty();
    }

    /** Returns the control of the peer. Returns empty if there is no peer that can fail, for example for a file. */
    default Optional<Peer> peer() {
        return Optional.empty();
    }

    /** Returns the maximum time until a write has an outcome, even if the peer fails. */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** Returns the maximum time for closing the sink, even if the peer fails. */
    default Duration closeBound() {
        return Duration.ofSeconds(10);
    }

    /** Releases the resources of the harness. */
    default void close() throws Exception {}
}

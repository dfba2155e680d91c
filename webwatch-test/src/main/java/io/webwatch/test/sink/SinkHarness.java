package io.webwatch.test.sink;

import io.webwatch.config.WebWatchConfig;
import io.webwatch.event.Event;
import io.webwatch.sink.SinkFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@linkplain SinkCompatibilityKit kit} needs to know of a sink and its store. Made anew, with an empty store,
 * for each test; used by one thread.
 */
public interface SinkHarness {
    /** Makes the sink. */
    SinkFactory factory();

    /** Configuration that leads to the store. Short time-outs make the tests of a failing peer short. */
    default WebWatchConfig config() {
        return WebWatchConfig.defaults();
    }

    /**
     * The ids of those candidates that the store holds, one entry for each copy, in the order in which the store holds
     * them. Called when the sink is closed.
     *
     * @param candidates all events that the test has written, for stores that do not hold the id itself
     */
    List<String> stored(List<Event> candidates) throws Exception;

    /**
     * What the store tells of an event, by the attribute names of {@code docs/events.md}: String, any Number, Boolean;
     * others are not looked at. An attribute that the store does not tell under its name is left out. Called when the
     * sink is closed.
     */
    default Map<String, ?> attributes(Event event) throws Exception {
        return Map.of();
    }

    /** Whether a repeated write leaves a second copy, told apart by its id, where others leave one. */
    default boolean keepsCopies() {
        return false;
    }

    /** Whether the store tells in which order a visitor's events were written. */
    default boolean keepsOrder() {
        return true;
    }

    /**
     * Turns a sample into one that the store will never take, such as a too large one; empty when it takes them all.
     */
    default Optional<Event> unacceptable(Event sample) {
        return Optional.empty();
    }

    /** Control of the peer; empty when there is none that can fail, as with a file. */
    default Optional<Peer> peer() {
        return Optional.empty();
    }

    /** Longest time for a write to end one way or the other, also while the peer fails. */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** Longest time for closing the sink, also while the peer fails. */
    default Duration closeBound() {
        return Duration.ofSeconds(10);
    }

    /** Lets go of what the harness has opened. */
    default void close() throws Exception {}
}

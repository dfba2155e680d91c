package io.webwatch.test;

import io.webwatch.WebWatch;
import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.json.EventJson;
import io.webwatch.runtime.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * The events that an application has tracked, in the order in which WebWatch delivered them. A later copy of an event
 * replaces the earlier one, as in every store. Thread-safe.
 *
 * <p>Events arrive shortly after the request that caused them, so use {@link #await}. Before asserting that something was
 * <em>not</em> tracked, call {@link #settle()}.
 *
 * <pre>{@code
 * Event order = recorded.await(Custom.class, custom -> custom.name().equals("order_placed"));
 * assertThat(order).hasProperty("total", 12.5).hasRoute("/checkout");
 * }</pre>
 */
public final class RecordedEvents {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final String MARKER = "webwatch_test_marker_";
    private static final int MAX_SHOWN = 50;

    private final Map<String, Event> events = new LinkedHashMap<>();
    private final Set<String> markers = new HashSet<>();
    private Duration timeout = DEFAULT_TIMEOUT;
    private long markersMade;
    private @Nullable WebWatch webWatch;

    /** Creates an empty list. Users get theirs from {@link MemorySink#events}. */
    RecordedEvents() {}

    synchronized void add(Event event) {
        if (event.data() instanceof Custom custom && custom.name().startsWith(MARKER)) {
            markers.add(custom.name());
        } else {
            events.put(event.id().toString(), event);
        }
        notifyAll();
    }

    /** Sets the WebWatch from which the events come, which {@link #settle()} needs. Returns this object. */
    public synchronized RecordedEvents from(WebWatch source) {
        webWatch = source;
        return this;
    }

    /** Sets the maximum time that {@code await} and {@code settle} wait; 10 seconds by default. Returns this object. */
    public synchronized RecordedEvents within(Duration maxWait) {
        timeout = maxWait;
        return this;
    }

    /** Returns all events so far. */
    public synchronized List<Event> all() {
        return List.copyOf(events.values());
    }

    /** Returns the events of the given type so far. */
    public List<Event> ofType(EventType type) {
        return all().stream().filter(event -> event.type() == type).toList();
    }

    /** Returns the data of the events so far whose data has the given class, such as {@code Click.class}. */
    public <D extends EventData> List<D> data(Class<D> kind) {
        return all().stream()
                .map(Event::data)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Returns the number of events so far. */
    public synchronized int size() {
        return events.size();
    }

    /** Removes all events so far. */
    public synchronized void clear() {
        events.clear();
    }

    /**
     * Waits for an event of the given type, and returns the first one.
     *
     * @throws AssertionError if none arrives in time; the message contains the other events
     */
    public Event await(EventType type) {
        return awaitMatch("an event of type " + type.id(), event -> event.type() == type);
    }

    /**
     * Waits for an event with data of the given class, and returns the first one.
     *
     * @throws AssertionError if none arrives in time; the message contains the other events
     */
    public Event await(Class<? extends EventData> kind) {
        return awaitMatch("an event of kind " + kind.getSimpleName(), event -> kind.isInstance(event.data()));
    }

    /**
     * Waits for an event with data of the given class that matches the condition, and returns the first one.
     *
     * @throws AssertionError if none arrives in time; the message contains the other events
     */
    public <D extends EventData> Event await(Class<D> kind, Predicate<? super D> condition) {
        return awaitMatch(
                "an event of kind " + kind.getSimpleName() + " that matches the condition",
                event -> kind.isInstance(event.data()) && condition.test(kind.cast(event.data())));
    }

    /**
     * Waits for an event that matches the condition, and returns the first one.
     *
     * @throws AssertionError if none arrives in time; the message contains the other events
     */
    public Event await(Predicate<? super Event> condition) {
        return awaitMatch("an event that matches the condition", condition);
    }

    /**
     * Waits until there are at least {@code count} events of the given type, and returns them.
     *
     * @throws AssertionError if they do not arrive in time; the message contains the events that did
     */
    public List<Event> await(EventType type, int count) {
        return awaitResult(count + " events of type " + type.id(), all -> {
            List<Event> matches =
                    all.stream().filter(event -> event.type() == type).toList();
            return matches.size() < count ? null : matches;
        });
    }

    private Event awaitMatch(String wanted, Predicate<? super Event> condition) {
        return awaitResult(
                wanted, all -> all.stream().filter(condition).findFirst().orElse(null));
    }

    private synchronized <T> T awaitResult(String wanted, Function<List<Event>, @Nullable T> search) {
        long deadline = TimeSource.SYSTEM.nanoTime() + timeout.toNanos();
        while (true) {
            T found = search.apply(List.copyOf(events.values()));
            if (found != null) {
                return found;
            }
            if (!waitUntil(deadline)) {
                throw new AssertionFailedError(
                        "Expected " + wanted + " within " + timeout.toMillis() + " ms, got " + shown());
            }
        }
    }

    /**
     * Waits until all events that the application has published so far have arrived.
     *
     * @throws IllegalStateException if {@link #from} was not called
     * @throws AssertionError if it takes too long
     */
    public void settle() {
        WebWatch source;
        String marker;
        synchronized (this) {
            source = webWatch;
            marker = MARKER + ++markersMade;
        }
        if (source == null) {
            throw new IllegalStateException(
                    "Call from(WebWatch) first, so that settle() knows where events come from.");
        }
        // Events keep the order of publishing, so when the marker has arrived, all earlier ones have too.
        if (!source.event(marker)) {
            throw new AssertionFailedError("WebWatch is closed or its buffer is full: " + source.status());
        }
        synchronized (this) {
            long deadline = TimeSource.SYSTEM.nanoTime() + timeout.toNanos();
            while (!markers.remove(marker)) {
                if (!waitUntil(deadline)) {
                    throw new AssertionFailedError(
                            "The events published so far did not arrive within " + timeout.toMillis()
                                    + " ms. Check that webwatch.sinks contains '" + MemorySink.NAME + "'.");
                }
            }
        }
    }

    private boolean waitUntil(long deadline) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - TimeSource.SYSTEM.nanoTime());
        if (left <= 0) {
            return false;
        }
        try {
            wait(left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionFailedError("Interrupted while waiting for events.", e);
        }
    }

    /** Returns the events as lines of JSON, for messages. */
    String shown() {
        return shown(all());
    }

    static String shown(List<Event> list) {
        if (list.isEmpty()) {
            return "none";
        }
        String lines = list.stream()
                .limit(MAX_SHOWN)
                .map(event -> "  " + new String(EventJson.bytes(event), StandardCharsets.UTF_8))
                .collect(Collectors.joining(System.lineSeparator()));
        String note = list.size() > MAX_SHOWN ? ", of which the first " + MAX_SHOWN + " are" : "";
        return list.size() + note + ":" + System.lineSeparator() + lines;
    }

    @Override
    public String toString() {
        return "RecordedEvents[" + size() + "]";
    }
}

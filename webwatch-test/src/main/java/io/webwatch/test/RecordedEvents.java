package io.webwatch.test;

import io.webwatch.WebWatch;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import io.webwatch.json.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
 * The events that an application has tracked, in the order in which WebWatch told them. A copy of an event takes the place
 * of the one before it, as in every store. Thread-safe.
 *
 * <p>Events arrive a moment after the request that caused them, so ask with {@link #await}; to tell that something was
 * <em>not</em> tracked, {@link #settle()} first.
 *
 * <pre>{@code
 * Event order = recorded.await(EventData.Custom.class, custom -> custom.name().equals("order_placed"));
 * assertThat(order).hasProperty("total", 12.5).hasRoute("/checkout");
 * }</pre>
 */
public final class RecordedEvents {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final String MARKER = "webwatch_test_marker_";
    private static final int MOST_SHOWN = 50;

    private final Map<String, Event> events = new LinkedHashMap<>();
    private final Set<String> markers = new HashSet<>();
    private Duration timeout = DEFAULT_TIMEOUT;
    private long markersMade;
    private @Nullable WebWatch webWatch;

    /** Events for nobody yet; a {@link MemorySink} has its own. */
    RecordedEvents() {}

    synchronized void add(Event event) {
        if (event.data() instanceof EventData.Custom custom && custom.name().startsWith(MARKER)) {
            markers.add(custom.name());
        } else {
            events.put(event.id().toString(), event);
        }
        notifyAll();
    }

    /** Says whose events these are, for {@link #settle()}; returns this. */
    public synchronized RecordedEvents from(WebWatch source) {
        webWatch = source;
        return this;
    }

    /** Sets the longest wait of the awaiting methods, 10 seconds unless set; returns this. */
    public synchronized RecordedEvents within(Duration longest) {
        timeout = longest;
        return this;
    }

    /** All so far. */
    public synchronized List<Event> all() {
        return List.copyOf(events.values());
    }

    /** Those of the type so far. */
    public List<Event> ofType(EventType type) {
        return all().stream().filter(event -> event.type() == type).toList();
    }

    /** What is particular to the events of that kind so far, such as {@code EventData.Click.class}. */
    public <D extends EventData> List<D> data(Class<D> kind) {
        return all().stream()
                .map(Event::data)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** How many so far. */
    public synchronized int size() {
        return events.size();
    }

    /** Forgets all so far. */
    public synchronized void clear() {
        events.clear();
    }

    /**
     * The first event of that type, waiting for it.
     *
     * @throws AssertionError when none comes in time; it tells what came instead
     */
    public Event await(EventType type) {
        return awaitMatch("an event of type " + type.id(), event -> event.type() == type);
    }

    /**
     * The first event of that kind, waiting for it.
     *
     * @throws AssertionError when none comes in time; it tells what came instead
     */
    public Event await(Class<? extends EventData> kind) {
        return awaitMatch("an event of kind " + kind.getSimpleName(), event -> kind.isInstance(event.data()));
    }

    /**
     * The first event of that kind for whose data the condition holds, waiting for it.
     *
     * @throws AssertionError when none comes in time; it tells what came instead
     */
    public <D extends EventData> Event await(Class<D> kind, Predicate<? super D> condition) {
        return awaitMatch(
                "an event of kind " + kind.getSimpleName() + " for which the condition holds",
                event -> kind.isInstance(event.data()) && condition.test(kind.cast(event.data())));
    }

    /**
     * The first event for which the condition holds, waiting for it.
     *
     * @throws AssertionError when none comes in time; it tells what came instead
     */
    public Event await(Predicate<? super Event> condition) {
        return awaitMatch("an event for which the condition holds", condition);
    }

    /**
     * Waits until there are at least that many events of the type, and returns them.
     *
     * @throws AssertionError when they do not come in time; it tells what came
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
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            T found = search.apply(List.copyOf(events.values()));
            if (found != null) {
                return found;
            }
            if (!waitUntil(deadline)) {
                throw new AssertionFailedError(
                        "Waited " + timeout.toMillis() + " ms for " + wanted + ". There came " + shown() + ".");
            }
        }
    }

    /**
     * Waits until everything that the application has published so far is here.
     *
     * @throws IllegalStateException when it is not known whose events these are
     * @throws AssertionError when it takes too long
     */
    public void settle() {
        WebWatch source;
        String marker;
        synchronized (this) {
            source = webWatch;
            marker = MARKER + ++markersMade;
        }
        if (source == null) {
            throw new IllegalStateException("No WebWatch is known from which these events come; see from(WebWatch).");
        }
        // What is published later stands later in the log: when the marker is here, so is all before it.
        if (!source.event(marker)) {
            throw new AssertionFailedError("The buffer of WebWatch is full or closed; see " + source.status());
        }
        synchronized (this) {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!markers.remove(marker)) {
                if (!waitUntil(deadline)) {
                    throw new AssertionFailedError("Waited " + timeout.toMillis()
                            + " ms for the events published so far; is the sink '" + MemorySink.NAME
                            + "' in webwatch.sinks?");
                }
            }
        }
    }

    private boolean waitUntil(long deadline) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
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

    /** For messages: the events as JSON lines. */
    String shown() {
        return shown(all());
    }

    static String shown(List<Event> list) {
        if (list.isEmpty()) {
            return "none";
        }
        String lines = list.stream()
                .limit(MOST_SHOWN)
                .map(event -> "  " + new String(EventJson.bytes(event), StandardCharsets.UTF_8))
                .collect(Collectors.joining(System.lineSeparator()));
        List<String> note = new ArrayList<>();
        if (list.size() > MOST_SHOWN) {
            note.add("of which the first " + MOST_SHOWN + " are");
        }
        return list.size() + " " + String.join("", note) + ":" + System.lineSeparator() + lines;
    }

    @Override
    public String toString() {
        return "RecordedEvents[" + size() + "]";
    }
}

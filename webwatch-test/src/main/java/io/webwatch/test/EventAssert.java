package io.webwatch.test;

import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Assertions on one event. Immutable. A failed assertion throws an {@link AssertionError} with the event in its message. */
public final class EventAssert {
    private final Event event;

    EventAssert(Event event) {
        this.event = Objects.requireNonNull(event, "event");
    }

    /** Asserts that the event has the given type. */
    public EventAssert hasType(EventType type) {
        return equal("type", type, event.type());
    }

    /** Asserts that it is a custom event with the given name. */
    public EventAssert isNamed(String name) {
        return equal("name", name, custom().name());
    }

    /** Asserts that the page has the given path, including its allowed query parameters. */
    public EventAssert hasPath(String path) {
        return equal("path", path, event.context().page().path());
    }

    /** Asserts that the page has the given route. */
    public EventAssert hasRoute(String route) {
        return equal("route", route, event.context().page().route());
    }

    /** Asserts that the event belongs to the given signed-in user, or to none if null. */
    public EventAssert hasUser(@Nullable String user) {
        return equal("user", user, event.context().user());
    }

    /** Asserts that the event has the same visitor as another one. */
    public EventAssert hasVisitorOf(Event other) {
        return equal("visitor", other.context().visitor(), event.context().visitor());
    }

    /** Asserts that the event has the same session as another one. */
    public EventAssert hasSessionOf(Event other) {
        return equal("session", other.context().session(), event.context().session());
    }

    /**
     * Asserts that an attribute has the given value.
     *
     * @param name a name in {@code docs/events.md}
     * @param value a String, a Boolean, any Number, a Map or a List
     */
    public EventAssert hasAttribute(String name, Object value) {
        return equal("attribute " + name, value, AttributeMap.of(event).get(name));
    }

    /** Asserts that the event has no attribute with the given name in {@code docs/events.md}. */
    public EventAssert hasNoAttribute(String name) {
        return equal("attribute " + name, null, AttributeMap.of(event).get(name));
    }

    /**
     * Asserts that it is a custom event with the given property.
     *
     * @param value a String, a Boolean or any Number
     */
    public EventAssert hasProperty(String name, Object value) {
        return equal("property " + name, value, custom().properties().get(name));
    }

    /** Asserts that it is a custom event with exactly the given properties. */
    public EventAssert hasProperties(Map<String, ?> properties) {
        properties.forEach(this::hasProperty);
        return equal("names of properties", List.copyOf(sorted(properties)), sorted(custom().properties()));
    }

    /**
     * Asserts that the data of the event has the given type, and passes it to the check.
     *
     * @param check throws an {@link AssertionError} if the data is wrong
     */
    public <D extends EventData> EventAssert hasData(Class<D> kind, Consumer<? super D> check) {
        if (!kind.isInstance(event.data())) {
            throw failure(
                    "Expected an event of kind " + kind.getSimpleName(),
                    kind,
                    event.data().getClass());
        }
        check.accept(kind.cast(event.data()));
        return this;
    }

    /** Returns the event. */
    public Event event() {
        return event;
    }

    private Custom custom() {
        if (event.data() instanceof Custom custom) {
            return custom;
        }
        throw failure("Expected a custom event", EventType.CUSTOM, event.type());
    }

    private EventAssert equal(String what, @Nullable Object expected, @Nullable Object actual) {
        boolean same = expected instanceof Number a && actual instanceof Number b
                ? a.longValue() == b.longValue() && Double.compare(a.doubleValue(), b.doubleValue()) == 0
                : Objects.equals(expected, actual);
        if (!same) {
            throw failure("Expected " + what + " <" + expected + ">, got <" + actual + ">", expected, actual);
        }
        return this;
    }

    private static List<String> sorted(Map<String, ?> map) {
        return map.keySet().stream().sorted().toList();
    }

    private AssertionFailedError failure(String message, @Nullable Object expected, @Nullable Object actual) {
        return new AssertionFailedError(message + " in " + RecordedEvents.shown(List.of(event)), expected, actual);
    }
}

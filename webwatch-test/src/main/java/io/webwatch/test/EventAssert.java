package io.webwatch.test;

import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Assertions on one event. Immutable. What fails throws an {@link AssertionError} that shows the event. */
public final class EventAssert {
    private final Event event;

    EventAssert(Event event) {
        this.event = Objects.requireNonNull(event, "event");
    }

    /** That it is of that type. */
    public EventAssert hasType(EventType type) {
        return equal("type", type, event.type());
    }

    /** That it is a custom event of that name. */
    public EventAssert isNamed(String name) {
        return equal("name", name, custom().name());
    }

    /** That the page has that path, with its allowed query parameters. */
    public EventAssert hasPath(String path) {
        return equal("path", path, event.context().page().path());
    }

    /** That the page has that route. */
    public EventAssert hasRoute(String route) {
        return equal("route", route, event.context().page().route());
    }

    /** That it is of that signed-in user; null for none. */
    public EventAssert hasUser(@Nullable String user) {
        return equal("user", user, event.context().user());
    }

    /** That it is of the same visitor as the other. */
    public EventAssert hasVisitorOf(Event other) {
        return equal("visitor", other.context().visitor(), event.context().visitor());
    }

    /** That it is of the same session as the other. */
    public EventAssert hasSessionOf(Event other) {
        return equal("session", other.context().session(), event.context().session());
    }

    /**
     * That the attribute of that name in {@code docs/events.md} has that value: a String, a Boolean, any Number, a Map or
     * a List.
     */
    public EventAssert hasAttribute(String name, Object value) {
        return equal("attribute " + name, value, AttributeMap.of(event).get(name));
    }

    /** That the attribute of that name in {@code docs/events.md} is not known. */
    public EventAssert hasNoAttribute(String name) {
        return equal("attribute " + name, null, AttributeMap.of(event).get(name));
    }

    /** That it is a custom event with that property: a String, a Boolean or any Number. */
    public EventAssert hasProperty(String name, Object value) {
        return equal("property " + name, value, custom().properties().get(name));
    }

    /** That it is a custom event with these properties and no other. */
    public EventAssert hasProperties(Map<String, ?> properties) {
        properties.forEach(this::hasProperty);
        return equal("names of properties", List.copyOf(sorted(properties)), sorted(custom().properties()));
    }

    /** Checks its data, which must be of that kind; the check throws what should be thrown. */
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

    /** The event. */
    public Event event() {
        return event;
    }

    private EventData.Custom custom() {
        if (event.data() instanceof EventData.Custom custom) {
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

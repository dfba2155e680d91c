package io.webwatch.test;

import io.webwatch.event.Custom;
import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions on recorded events. First select events, then assert something about the selection. Immutable: each selection
 * returns a new object. A failed assertion throws an {@link AssertionError} with the events in its message.
 */
public final class EventsAssert {
    private final String what;
    private final List<Event> events;

    EventsAssert(String what, List<Event> events) {
        this.what = what;
        this.events = events;
    }

    /** Selects the events of the given type. */
    public EventsAssert ofType(EventType type) {
        return where("of type " + type.id(), event -> event.type() == type);
    }

    /** Selects the events with data of the given class, such as {@code Click.class}. */
    public EventsAssert ofKind(Class<? extends EventData> kind) {
        return where("of kind " + kind.getSimpleName(), event -> kind.isInstance(event.data()));
    }

    /** Selects the custom events with the given name. */
    public EventsAssert named(String name) {
        return where(
                "named " + name,
                event -> event.data() instanceof Custom custom && custom.name().equals(name));
    }

    /** Selects the events on pages with the given path. */
    public EventsAssert onPath(String path) {
        return where("on " + path, event -> event.context().page().path().equals(path));
    }

    /** Selects the events of the same visitor as the given one. */
    public EventsAssert ofVisitorOf(Event other) {
        String visitor = other.context().visitor();
        return where("of visitor " + visitor, event -> event.context().visitor().equals(visitor));
    }

    /**
     * Selects the events that match the condition.
     *
     * @param description what follows "events" in messages, such as "with a total"
     */
    public EventsAssert where(String description, Predicate<? super Event> condition) {
        return new EventsAssert(
                what + " " + description, events.stream().filter(condition).toList());
    }

    /** Asserts that the given number of events is selected. */
    public EventsAssert hasSize(int size) {
        if (events.size() != size) {
            throw failure("Expected " + size + " " + what + ", got " + RecordedEvents.shown(events));
        }
        return this;
    }

    /** Asserts that no event is selected. */
    public void isEmpty() {
        hasSize(0);
    }

    /** Asserts that at least one event is selected. */
    public EventsAssert isNotEmpty() {
        if (events.isEmpty()) {
            throw failure("Expected " + what + ", got none.");
        }
        return this;
    }

    /** Asserts that the selected events have the given types, in this order. */
    public EventsAssert hasTypes(EventType... types) {
        List<EventType> actual = events.stream().map(Event::type).toList();
        if (!actual.equals(List.of(types))) {
            throw new AssertionFailedError(
                    "Expected " + what + " of types " + List.of(types) + ", got " + RecordedEvents.shown(events),
                    List.of(types),
                    actual);
        }
        return this;
    }

    /** Asserts that all selected events have the same visitor. Fails if there are none. */
    public EventsAssert areOfOneVisitor() {
        return haveOne("visitor", event -> event.context().visitor());
    }

    /** Asserts that all selected events have the same session. Fails if there are none. */
    public EventsAssert areOfOneSession() {
        return haveOne("session", event -> event.context().session());
    }

    private EventsAssert haveOne(String name, Function<Event, String> property) {
        isNotEmpty();
        List<String> values = events.stream().map(property).distinct().collect(Collectors.toList());
        if (values.size() > 1) {
            throw failure(
                    "Expected " + what + " of one " + name + ", got " + values + " in " + RecordedEvents.shown(events));
        }
        return this;
    }

    /**
     * Passes each selected event to the check.
     *
     * @param check throws an {@link AssertionError} if the event is wrong
     */
    public EventsAssert allSatisfy(Consumer<? super Event> check) {
        events.forEach(check);
        return this;
    }

    /** Asserts that exactly one event is selected, and returns assertions on it. */
    public EventAssert single() {
        hasSize(1);
        return new EventAssert(events.get(0));
    }

    /** Asserts that an event is selected, and returns assertions on the first one. */
    public EventAssert first() {
        isNotEmpty();
        return new EventAssert(events.get(0));
    }

    /** Asserts that an event is selected, and returns assertions on the last one. */
    public EventAssert last() {
        isNotEmpty();
        return new EventAssert(events.get(events.size() - 1));
    }

    /** Returns the selected events. */
    public List<Event> events() {
        return events;
    }

    private static AssertionFailedError failure(String message) {
        return new AssertionFailedError(message);
    }
}

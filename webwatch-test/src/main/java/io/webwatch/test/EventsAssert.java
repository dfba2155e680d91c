package io.webwatch.test;

import io.webwatch.event.Event;
import io.webwatch.event.EventData;
import io.webwatch.event.EventType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions on recorded events: narrow them down, then say what should hold. Immutable; each narrowing returns another
 * one. What fails throws an {@link AssertionError} that shows the events.
 */
public final class EventsAssert {
    private final String what;
    private final List<Event> events;

    EventsAssert(String what, List<Event> events) {
        this.what = what;
        this.events = events;
    }

    /** Only those of that type. */
    public EventsAssert ofType(EventType type) {
        return where("of type " + type.id(), event -> event.type() == type);
    }

    /** Only those of that kind, such as {@code EventData.Click.class}. */
    public EventsAssert ofKind(Class<? extends EventData> kind) {
        return where("of kind " + kind.getSimpleName(), event -> kind.isInstance(event.data()));
    }

    /** Only the custom events of that name. */
    public EventsAssert named(String name) {
        return where(
                "named " + name,
                event -> event.data() instanceof EventData.Custom custom
                        && custom.name().equals(name));
    }

    /** Only those of pages of that path. */
    public EventsAssert onPath(String path) {
        return where("on " + path, event -> event.context().page().path().equals(path));
    }

    /** Only those of the visitor of that event. */
    public EventsAssert ofVisitorOf(Event other) {
        String visitor = other.context().visitor();
        return where("of visitor " + visitor, event -> event.context().visitor().equals(visitor));
    }

    /**
     * Only those for which the condition holds.
     *
     * @param description continues "events …" in messages, such as "with a total"
     */
    public EventsAssert where(String description, Predicate<? super Event> condition) {
        return new EventsAssert(
                what + " " + description, events.stream().filter(condition).toList());
    }

    /** That there are so many. */
    public EventsAssert hasSize(int size) {
        if (events.size() != size) {
            throw failure("Expected " + size + " " + what + ", got " + RecordedEvents.shown(events));
        }
        return this;
    }

    /** That there is none. */
    public void isEmpty() {
        hasSize(0);
    }

    /** That there is at least one. */
    public EventsAssert isNotEmpty() {
        if (events.isEmpty()) {
            throw failure("Expected " + what + ", got none.");
        }
        return this;
    }

    /** That they are of these types, in this order. */
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

    /** That all are of one visitor. */
    public EventsAssert areOfOneVisitor() {
        return haveOne("visitor", event -> event.context().visitor());
    }

    /** That all are of one session. */
    public EventsAssert areOfOneSession() {
        return haveOne("session", event -> event.context().session());
    }

    private EventsAssert haveOne(String name, java.util.function.Function<Event, String> property) {
        isNotEmpty();
        List<String> values = events.stream().map(property).distinct().collect(Collectors.toList());
        if (values.size() > 1) {
            throw failure(
                    "Expected " + what + " of one " + name + ", got " + values + " in " + RecordedEvents.shown(events));
        }
        return this;
    }

    /** Checks each; the check throws what should be thrown. */
    public EventsAssert allSatisfy(Consumer<? super Event> check) {
        events.forEach(check);
        return this;
    }

    /** That there is exactly one, and assertions on it. */
    public EventAssert single() {
        hasSize(1);
        return new EventAssert(events.get(0));
    }

    /** Assertions on the first; there must be one. */
    public EventAssert first() {
        isNotEmpty();
        return new EventAssert(events.get(0));
    }

    /** Assertions on the last; there must be one. */
    public EventAssert last() {
        isNotEmpty();
        return new EventAssert(events.get(events.size() - 1));
    }

    /** The events that are left. */
    public List<Event> events() {
        return events;
    }

    private static AssertionFailedError failure(String message) {
        return new AssertionFailedError(message);
    }
}

package io.webwatch.test;

import io.webwatch.event.Event;

/**
 * The entry point to assertions on tracked events. Can be imported together with the {@code assertThat} of an assertion
 * library.
 *
 * <pre>{@code
 * import static io.webwatch.test.WebWatchAssertions.assertThat;
 *
 * assertThat(recorded).ofType(EventType.CLICK).onPath("/basket").hasSize(2);
 * }</pre>
 */
public final class WebWatchAssertions {
    private WebWatchAssertions() {}

    /** Returns assertions on the events recorded so far. */
    public static EventsAssert assertThat(RecordedEvents recorded) {
        return new EventsAssert("events", recorded.all());
    }

    /** Returns assertions on one event. */
    public static EventAssert assertThat(Event event) {
        return new EventAssert(event);
    }
}

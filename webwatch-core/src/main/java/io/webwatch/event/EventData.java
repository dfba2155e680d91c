package io.webwatch.event;

/**
 * What is specific to one type of event, as a record with the attributes of {@code docs/events.md}. Immutable; null means
 * "not known". Each record writes and reads its attributes in the same order, so a new attribute is added in its record
 * only.
 */
public sealed interface EventData extends Attributed
        permits PageView,
                Engagement,
                Session,
                Click,
                MouseMove,
                Hover,
                Form,
                Media,
                Download,
                ImageView,
                WebVital,
                ScriptError,
                Custom {
    /** Returns the type of the event that has this data. */
    EventType type();
}

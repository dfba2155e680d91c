package io.webwatch.wire;

import io.webwatch.event.EventData;

/**
 * One event of a batch, decoded and valid. Immutable.
 *
 * @param sequence number within the page view
 * @param offsetMillis relative to the time of receipt; 0 or less
 */
public record WireEvent(long sequence, long offsetMillis, EventData data) {}

package io.webwatch.wire;

import java.util.List;

/**
 * A decoded batch.
 *
 * @param events the valid events in the order sent, possibly none. Not copied
 * @param invalid number of invalid events
 */
public record WireBatch(WireContext context, List<WireEvent> events, int invalid) {}

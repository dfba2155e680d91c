package io.webwatch.wire;

import java.util.List;

/**
 * A decoded batch.
 *
 * @param events the valid ones, in the order sent; possibly none. Not copied: the decoder hands over its list
 * @param invalid number of events that were not valid
 */
public record WireBatch(WireContext context, List<WireEvent> events, int invalid) {}

package io.webwatch.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the ring: all events of one request, or one call of the application. Immutable.
 *
 * @param receivedMillis when it arrived, epoch milliseconds
 * @param bytes estimated size in memory
 * @param bot why the client is taken for a bot, or null
 */
public record Submission(
        WireContext context,
        List<WireEvent> events,
        ClientFacts client,
        long receivedMillis,
        int bytes,
        @Nullable String bot) {}

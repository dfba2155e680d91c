package io.webwatch.intake;

import io.webwatch.event.DropReason;
import io.webwatch.wire.WireContext;
import io.webwatch.wire.WireEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the ring: all events of one request, or one call of the application. Immutable.
 *
 * @param receivedMillis when it arrived, epoch milliseconds
 * @param bytes estimated size in memory
 * @param bot why the client is taken for a bot, or null
 * @param outcome whom to tell when the events are safe, or null when nobody waits
 */
public record Submission(
        WireContext context,
        List<WireEvent> events,
        ClientFacts client,
        long receivedMillis,
        int bytes,
        @Nullable String bot,
        @Nullable Outcome outcome) {

    /** For whom nobody waits. */
    public Submission(
            WireContext context,
            List<WireEvent> events,
            ClientFacts client,
            long receivedMillis,
            int bytes,
            @Nullable String bot) {
        this(context, events, client, receivedMillis, bytes, bot, null);
    }

    /** Is told once what became of a submission; must not block. */
    public interface Outcome {
        /**
         * Tells it.
         *
         * @param refusal null when the events are on disk; else why none of them was taken
         */
        void decided(@Nullable DropReason refusal);
    }
}

package io.webwatch.intake;

import io.webwatch.event.DropReason;
import io.webwatch.request.ClientFacts;
import io.webwatch.wire.WireContext;
import io.webwatch.wire.WireEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of the ring: all events of one request, or the event of one call by the application. Immutable.
 *
 * @param receivedMillis time of arrival, in epoch milliseconds
 * @param bytes estimated size in memory
 * @param bot why the client is considered a bot, or null
 * @param outcome notified when the events are on disk, or null if no request waits for that
 */
public record Submission(
        WireContext context,
        List<WireEvent> events,
        ClientFacts client,
        long receivedMillis,
        int bytes,
        @Nullable String bot,
        @Nullable Outcome outcome) {

    /** Creates a submission for which no request waits. */
    public Submission(
            WireContext context,
            List<WireEvent> events,
            ClientFacts client,
            long receivedMillis,
            int bytes,
            @Nullable String bot) {
        this(context, events, client, receivedMillis, bytes, bot, null);
    }

    /** Notified once of what happened to a submission. Must not block. */
    public interface Outcome {
        /**
         * Called when the outcome is certain.
         *
         * @param refusal null if the events are on disk; otherwise why none of them was accepted
         */
        void decided(@Nullable DropReason refusal);
    }
}

package io.webwatch.request;

import io.webwatch.event.DropReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of passing a request to WebWatch. Immutable.
 *
 * <p>A refused batch is refused as a whole. Events of an accepted batch can still be dropped one by one, for example
 * because they are invalid.
 *
 * @param refusal null if the batch was accepted; otherwise {@link DropReason#MALFORMED}, {@link DropReason#BUFFER_FULL},
 *     {@link DropReason#JOURNAL_FULL} or {@link DropReason#CLOSED}
 * @param accepted number of accepted events
 * @param dropped number of dropped events of an accepted batch, by reason
 * @param detail a sentence for the client if the batch was refused
 */
public record Acceptance(
        @Nullable DropReason refusal,
        int accepted,
        Map<DropReason, Integer> dropped,
        @Nullable String detail) {
    /** Returns whether the batch was accepted. */
    public boolean isAccepted() {
        return refusal == null;
    }
}

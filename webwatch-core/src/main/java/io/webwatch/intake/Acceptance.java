package io.webwatch.intake;

import io.webwatch.event.DropReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's body. Immutable.
 *
 * @param refusal null when the batch was taken; else {@link DropReason#MALFORMED}, {@link DropReason#BUFFER_FULL},
 *     {@link DropReason#JOURNAL_FULL} or {@link DropReason#CLOSED}, and then nothing was taken
 * @param accepted number of events taken
 * @param dropped events of a taken batch that were not taken, by reason
 * @param detail a sentence for the client when refused
 */
public record Acceptance(
        @Nullable DropReason refusal,
        int accepted,
        Map<DropReason, Integer> dropped,
        @Nullable String detail) {
    /** Whether the batch was taken. */
    public boolean isAccepted() {
        return refusal == null;
    }
}

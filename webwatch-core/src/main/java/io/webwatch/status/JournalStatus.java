package io.webwatch.status;

import org.jspecify.annotations.Nullable;

/**
 * Current status of the journal, which keeps on disk what sinks have not written yet. Immutable.
 *
 * @param open whether the journal is open; false while its directory is not available
 * @param bytes size on disk
 * @param maxBytes maximum size
 * @param segments number of files
 * @param lastError why it cannot be opened or written, or null
 */
public record JournalStatus(
        boolean open,
        long bytes,
        long maxBytes,
        int segments,
        @Nullable String lastError) {
    /** The status without a journal, as there is no sink that could fall behind. */
    public static final JournalStatus NONE = new JournalStatus(false, 0, 0, 0, null);
}

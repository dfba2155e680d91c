package io.webwatch.journal;

import org.jspecify.annotations.Nullable;

/**
 * How the journal stands.
 *
 * @param open whether there is one; false until its directory can be had
 * @param bytes on disk
 * @param maxBytes bound of them
 * @param segments number of files
 * @param lastError why it cannot be opened or written; null while all is well
 */
public record JournalStatus(
        boolean open,
        long bytes,
        long maxBytes,
        int segments,
        @Nullable String lastError) {
    /** Nothing is journalled, since there is no sink. */
    public static final JournalStatus NONE = new JournalStatus(false, 0, 0, 0, null);
}

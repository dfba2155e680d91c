/**
 * Batches in memory, the cursors that read them, and the spool that writes them to the journal. Read
 * {@link io.webwatch.log.BatchLog} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.log;

import org.jspecify.annotations.NullMarked;

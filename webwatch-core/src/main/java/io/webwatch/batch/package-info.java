/**
 * The batcher's thread: drains the ring, enriches events and appends batches to the log. Read
 * {@link io.webwatch.batch.Batcher} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.batch;

import org.jspecify.annotations.NullMarked;

/**
 * The lock-free buffer between request threads and the batcher. Read {@link io.webwatch.ring.SubmissionRing} first.
 *
 * <p>Internal: types are public only for use by other packages of WebWatch, and may change in any release.
 */
@NullMarked
package io.webwatch.ring;

import org.jspecify.annotations.NullMarked;

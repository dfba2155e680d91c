/** The lock-free buffer between request threads and the batcher; read {@link io.webwatch.ring.SubmissionRing} first. */
@NullMarked
package io.webwatch.ring;

import org.jspecify.annotations.NullMarked;

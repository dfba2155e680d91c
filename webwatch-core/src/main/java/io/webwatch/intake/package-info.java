/**
 * The way from a decoded batch to the ring. Read {@link io.webwatch.intake.Submission} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.intake;

import org.jspecify.annotations.NullMarked;

/**
 * The path of events from the body of a request, or from application code, to the ring. Read {@link
 * io.webwatch.intake.Intake} first.
 *
 * <p>Internal: types are public only for use by other packages of WebWatch, and may change in any release.
 */
@NullMarked
package io.webwatch.intake;

import org.jspecify.annotations.NullMarked;

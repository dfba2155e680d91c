/**
 * Inserts the tracker's tag into the application's pages. Read
 * {@link io.webwatch.servlet.internal.inject.ScriptInjection} first.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.inject;

import org.jspecify.annotations.NullMarked;

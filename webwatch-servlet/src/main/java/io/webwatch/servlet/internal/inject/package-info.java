/**
 * Inserts the tracker's script tag into HTML responses. Read {@link io.webwatch.servlet.internal.inject.ScriptInjection} first.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.inject;

import org.jspecify.annotations.NullMarked;

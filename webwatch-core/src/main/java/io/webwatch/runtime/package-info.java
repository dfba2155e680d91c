/**
 * Threads, time and files, in the one way in which all of WebWatch uses them. Read {@link io.webwatch.runtime.TimeSource}
 * first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.runtime;

import org.jspecify.annotations.NullMarked;

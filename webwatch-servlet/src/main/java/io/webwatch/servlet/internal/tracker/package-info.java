/**
 * Serves the tracker script. Read {@link io.webwatch.servlet.internal.tracker.TrackerEndpoint} first.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.tracker;

import org.jspecify.annotations.NullMarked;

/**
 * Serves the dashboard, its queries, the live stream and the status. Read
 * {@link io.webwatch.servlet.internal.dashboard.QueryEndpoint} first.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.dashboard;

import org.jspecify.annotations.NullMarked;

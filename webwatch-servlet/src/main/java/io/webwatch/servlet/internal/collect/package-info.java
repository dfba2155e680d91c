/**
 * Answers the public endpoints that collect events. Read {@link io.webwatch.servlet.internal.collect.Collector} first.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.collect;

import org.jspecify.annotations.NullMarked;

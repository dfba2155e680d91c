/**
 * HTTP helpers shared by all endpoints. Read {@link io.webwatch.servlet.internal.http.Problem} first.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.http;

import org.jspecify.annotations.NullMarked;

/**
 * What all endpoints share: problem responses, asynchronous responses, headers and counters. Depends on no other
 * package of this module. Read {@link io.webwatch.servlet.internal.http.Problem} first, then
 * {@link io.webwatch.servlet.internal.http.AsyncAnswer}.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.http;

import org.jspecify.annotations.NullMarked;

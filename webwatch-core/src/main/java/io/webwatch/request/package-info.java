/**
 * What a server passes to WebWatch for a request, and what it gets back. Read {@link io.webwatch.request.Acceptance}
 * first.
 */
@NullMarked
package io.webwatch.request;

import org.jspecify.annotations.NullMarked;

/**
 * Turns submissions into events: visitor, session, time, page, device, channel. Read {@link io.webwatch.enrich.Enricher} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.enrich;

import org.jspecify.annotations.NullMarked;

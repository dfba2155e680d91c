/** Turns submissions into events: visitor, session, time, page, device, channel; read {@link io.webwatch.enrich.Enricher} first. */
@NullMarked
package io.webwatch.enrich;

import org.jspecify.annotations.NullMarked;

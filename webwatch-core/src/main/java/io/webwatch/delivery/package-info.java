/**
 * One worker per sink: retries, isolation of events that make a sink fail, dead letters. Read
 * {@link io.webwatch.delivery.Delivery} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.delivery;

import org.jspecify.annotations.NullMarked;

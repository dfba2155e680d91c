/** The event model: what a visitor did, and in which context; read {@link io.webwatch.event.Event} first. */
@NullMarked
package io.webwatch.event;

import org.jspecify.annotations.NullMarked;

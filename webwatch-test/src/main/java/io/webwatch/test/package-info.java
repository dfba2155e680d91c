/** Assertions on an application's own tracking; read {@link io.webwatch.test.RecordedEvents} first. */
@NullMarked
package io.webwatch.test;

import org.jspecify.annotations.NullMarked;

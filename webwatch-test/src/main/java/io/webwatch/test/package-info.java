/** Assertions for an application's own tracking. Read {@link io.webwatch.test.RecordedEvents} first. */
@NullMarked
package io.webwatch.test;

import org.jspecify.annotations.NullMarked;

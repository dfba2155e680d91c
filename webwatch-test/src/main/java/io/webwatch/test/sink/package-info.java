/** The compatibility kit for sinks. Read {@link io.webwatch.test.sink.SinkCompatibilityKit} first. */
@NullMarked
package io.webwatch.test.sink;

import org.jspecify.annotations.NullMarked;

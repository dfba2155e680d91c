/** The compatibility kit that every sink passes; read {@link io.webwatch.test.sink.SinkCompatibilityKit} first. */
@NullMarked
package io.webwatch.test.sink;

import org.jspecify.annotations.NullMarked;

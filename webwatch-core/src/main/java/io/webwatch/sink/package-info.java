/** The SPI of event stores and transports. Read {@link io.webwatch.sink.Sink} first. */
@NullMarked
package io.webwatch.sink;

import org.jspecify.annotations.NullMarked;

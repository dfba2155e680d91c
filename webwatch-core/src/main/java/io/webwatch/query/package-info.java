/** The SPI of stores that answer questions about history; read {@link io.webwatch.query.Query} first. */
@NullMarked
package io.webwatch.query;

import org.jspecify.annotations.NullMarked;

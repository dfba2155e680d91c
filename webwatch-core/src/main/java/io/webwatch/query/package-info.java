/** The SPI of stores that answer queries. Read {@link io.webwatch.query.Query} first. */
@NullMarked
package io.webwatch.query;

import org.jspecify.annotations.NullMarked;

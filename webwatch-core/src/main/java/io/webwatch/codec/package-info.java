/** The wire protocol and JSON form of events; read {@link io.webwatch.codec.BatchDecoder} first. */
@NullMarked
package io.webwatch.codec;

import org.jspecify.annotations.NullMarked;

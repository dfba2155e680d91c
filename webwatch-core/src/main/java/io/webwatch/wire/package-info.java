/**
 * What a browser sends: decodes and validates a batch of the wire protocol. Read {@link io.webwatch.wire.BatchDecoder} first.
 *
 * <p>Internal: public types serve other WebWatch modules and may change in any release.
 */
@NullMarked
package io.webwatch.wire;

import org.jspecify.annotations.NullMarked;

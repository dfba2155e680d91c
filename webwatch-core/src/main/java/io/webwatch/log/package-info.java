/** The log of batches, its cursors and their delivery to sinks; read {@link io.webwatch.log.BatchLog} first. */
@NullMarked
package io.webwatch.log;

import org.jspecify.annotations.NullMarked;

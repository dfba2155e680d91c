/** The state that WebWatch reports about itself. Read {@link io.webwatch.status.Status} first. */
@NullMarked
package io.webwatch.status;

import org.jspecify.annotations.NullMarked;

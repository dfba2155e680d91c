/** What happens right now, from bounded memory; read {@link io.webwatch.live.LiveView} first. */
@NullMarked
package io.webwatch.live;

import org.jspecify.annotations.NullMarked;
